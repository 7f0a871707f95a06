using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Alarms;

internal sealed class AlarmLinks : IAlarmLinks
{
    public async Task LinkWorkOrderAsync(QingyuanDb db, Guid alarmId, Guid workOrderId, CancellationToken ct)
    {
        var alarm = await db.Set<AlarmRow>().SingleAsync(row => row.Id == alarmId, ct);
        alarm.WorkOrderId = workOrderId;
        alarm.Version++;
    }
}
