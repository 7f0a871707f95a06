using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>A connection that goes on sending speaks no more for a station that is out of use: nothing is sent to it, and when the station is back its link is new.</summary>
internal sealed class LinesOfStation(SessionRegistry sessions, LinkNotifier links) : IStationDuty
{
    public Task EndAsync(QingyuanDb db, int stationNo, string reason, Actor actor, CancellationToken ct)
    {
        db.AfterCommit(() =>
        {
            if (sessions.Find(stationNo)?.Abandon() is { } connection) links.Changed(stationNo, connected: false, connection.Source);
        });
        return Task.CompletedTask;
    }
}
