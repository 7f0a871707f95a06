using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Drilling;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Scheduling;

namespace Qingyuan.Platform.Backup.Due;

/// <summary>Takes backups and holds drills when they fall due, and says loudly what did not come off.</summary>
internal sealed class BackupService(
    IBackups backups, BackupHistory history, DueTimes due, IAlarmDesk alarms, Organisation organisation, IOptions<BackupOptions> options, TimeProvider clock, ILogger<BackupService> log) : RecurringService(TimeSpan.FromMinutes(1), clock, log)
{
    public const string BackupCause = "backup";
    public const string ManualCause = "backup-manual";
    public const string DrillCause = "backup-drill";
    private const string Rule = "BACKUP@1";

    /// <summary>One look at the dates, with what they ask for.</summary>
    public async Task TurnAsync(CancellationToken ct)
    {
        var actor = Actor.Service("backup", organisation.Code);
        var dates = await history.DatesAsync(ct);
        if (due.NextAutomatic(dates) <= due.Now) await backups.CreateAsync(null, BackupKind.Automatic, actor, ct);
        dates = await history.DatesAsync(ct);
        if (due.NextDrill(dates) is { } drill && drill <= due.Now) await backups.DrillAsync(null, actor, ct);
        await TellAsync(ct);
    }

    protected override Task LookAsync(CancellationToken ct) => TurnAsync(ct);

    private async Task TellAsync(CancellationToken ct)
    {
        var dates = await history.DatesAsync(ct);
        var (run, drill) = await history.LatestAsync(ct);
        var failed = run?.Why is not null || due.IsOverdue(dates);
        var (message, args) = Said(run);
        await SignalAsync(BackupCause, AlarmSeverity.Serious, failed, message, args, ct);
        await SignalAsync(ManualCause, AlarmSeverity.Notice, due.IsManualOverdue(dates), "alarm.backup-manual", new() { ["days"] = ((int)options.Value.ManualEvery.TotalDays).ToString(System.Globalization.CultureInfo.InvariantCulture) }, ct);
        if (drill is null) return;
        var slow = drill.RtoSeconds > options.Value.RecoveryWithin.TotalSeconds;
        await SignalAsync(
            DrillCause, AlarmSeverity.Serious, !drill.Ok || slow, slow ? "alarm.backup-drill-slow" : "alarm.backup-drill",
            new() { ["seconds"] = drill.RtoSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture), ["why"] = drill.Findings.Split('\n')[0] }, ct);
    }

    private static (string Message, Dictionary<string, string> Args) Said(BackupRunRow? run) => run?.Why is { } why && FindingShapes.Read(why) is ("finding.no-room", var room)
        ? ("alarm.backup-no-room", new(room))
        : ("alarm.backup", new() { ["why"] = run?.Why ?? "", ["folder"] = run?.Path ?? "" });

    private Task SignalAsync(string cause, AlarmSeverity severity, bool active, string message, Dictionary<string, string> args, CancellationToken ct) => alarms.HandleAsync(
        new(null, AlarmKind.Platform, cause, severity, active, StationClock.Wall(Clock.GetUtcNow()), null, message, args, Rule, null), ct);
}
