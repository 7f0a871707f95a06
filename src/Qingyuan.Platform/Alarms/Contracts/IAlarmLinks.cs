using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Alarms.Contracts;

/// <summary>Ties an alarm to what was opened for it, inside the act's transaction.</summary>
public interface IAlarmLinks
{
    Task LinkWorkOrderAsync(QingyuanDb db, Guid alarmId, Guid workOrderId, CancellationToken ct);
}
