using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Alarms.Contracts;

/// <summary>A matter the people on call must hear of.</summary>
/// <param name="Subject">What it is about, as <c>type:id</c>, such as <c>work-order:0197…</c>; one open notice per subject and code.</param>
/// <param name="StationNo">Null for the platform itself.</param>
/// <param name="Severity">Shown in the title.</param>
/// <param name="Code">Resource key of the sentence in the slice Alarms.</param>
/// <param name="Args">What the sentence names.</param>
/// <param name="Rule">Rule id and version.</param>
/// <param name="Since">Station wall clock at which it began.</param>
/// <param name="Path">Path of the page to look at, such as <c>/work-orders/0197…</c>.</param>
public sealed record Notice(
    string Subject, int? StationNo, AlarmSeverity Severity, string Code, IReadOnlyDictionary<string, string> Args, string Rule, DateTime Since, string Path);

/// <summary>Calls the people on call: messages go into the outbox in the act's transaction, and on to the next person without a receipt.</summary>
public interface INoticeBoard
{
    Task PostAsync(QingyuanDb db, Notice notice, CancellationToken ct);

    /// <summary>Somebody has it, or it is over: nobody else is called.</summary>
    Task SettleAsync(QingyuanDb db, string subject, string by, CancellationToken ct);
}
