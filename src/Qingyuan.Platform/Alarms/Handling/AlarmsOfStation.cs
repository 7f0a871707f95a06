using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Alarms.Handling;

/// <summary>Open alarms end with their station's use: its twin is there no more to say that a cause is gone.</summary>
internal sealed class AlarmsOfStation(HandleAlarm handling) : IStationDuty
{
    public Task EndAsync(QingyuanDb db, int stationNo, string reason, Actor actor, CancellationToken ct) => handling.ClearAllAsync(db, stationNo, reason, actor, ct);
}
