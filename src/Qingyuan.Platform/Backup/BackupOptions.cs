using System.ComponentModel.DataAnnotations;

namespace Qingyuan.Platform.Backup;

/// <summary>Settings of the slice, section <c>Backup</c>.</summary>
public sealed class BackupOptions
{
    public const string Section = "Backup";

    /// <value>Folder for backups, best on another disk or machine. Default <c>backups</c> in the data directory, which the console calls what it is: no second place.</value>
    public string? To { get; init; }

    /// <value>File with the key of backups. Default: one of our own in <c>keys/backup.key</c>.</value>
    public string? KeyFile { get; init; }

    /// <value>Folder outside the data directory that gets a copy of our own key. Default <c>~/.config/qingyuan</c>.</value>
    public string? KeyCopies { get; init; }

    /// <value>How often a backup is taken by itself; at most a week (5.5.3). 7 days.</value>
    [Range(typeof(TimeSpan), "01:00:00", "7.00:00:00")]
    public TimeSpan Every { get; init; } = TimeSpan.FromDays(7);

    /// <value>After so long without a backup by a person one is reminded of; at most a month (5.5.3). 31 days.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "31.00:00:00")]
    public TimeSpan ManualEvery { get; init; } = TimeSpan.FromDays(31);

    /// <value>How often the newest backup is restored to prove it. 31 days.</value>
    [Range(typeof(TimeSpan), "01:00:00", "92.00:00:00")]
    public TimeSpan DrillEvery { get; init; } = TimeSpan.FromDays(31);

    /// <value>A drill that takes longer alarms; at most two hours (5.5.3).</value>
    [Range(typeof(TimeSpan), "00:00:01", "02:00:00")]
    public TimeSpan RecoveryWithin { get; init; } = TimeSpan.FromHours(2);

    /// <value>Bytes a second that backups and drills move at most while the platform serves, so that loggers do not wait for their answers; 0 for as fast as it goes. 32 MiB.</value>
    [Range(0, 1L << 40)]
    public long BytesPerSecond { get; init; } = 32L << 20;

    /// <value>Folder drills restore into, emptied after. Default <c>drill</c> beside the backups.</value>
    public string? Scratch { get; init; }
}
