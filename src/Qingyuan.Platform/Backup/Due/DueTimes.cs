using Microsoft.Extensions.Options;

namespace Qingyuan.Platform.Backup.Due;

/// <summary>When what falls due. Reads the clock and decides; does nothing.</summary>
internal sealed class DueTimes(IOptions<BackupOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan FirstAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromHours(1);
    private readonly DateTimeOffset _started = clock.GetUtcNow();

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>A backup by a person counts too. The first is taken an hour after the first start; one that failed is tried again after an hour.</summary>
    public DateTimeOffset NextAutomatic(BackupDates dates)
    {
        var next = dates.Last + options.Value.Every ?? _started + FirstAfter;
        return dates.LastFailed + AfterFailure is { } again && again > next ? again : next;
    }

    /// <summary>The first drill follows the first backup.</summary>
    public DateTimeOffset? NextDrill(BackupDates dates) => dates.LastDrill is { } last ? last + options.Value.DrillEvery : dates.First;

    /// <summary>True when nobody took a backup by hand for longer than allowed; counted from the first backup on.</summary>
    public bool IsManualOverdue(BackupDates dates) => (dates.LastManual ?? dates.First) + options.Value.ManualEvery < Now;

    /// <summary>True when no backup was taken for longer than allowed.</summary>
    public bool IsOverdue(BackupDates dates) => (dates.Last ?? dates.LastFailed ?? _started) + options.Value.Every + AfterFailure < Now;
}
