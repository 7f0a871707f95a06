using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Backup.Contracts;

/// <summary>Who began a backup.</summary>
public enum BackupKind
{
    Automatic,
    Manual,
}

/// <summary>A backup that lies in a folder.</summary>
/// <param name="Path">Absolute path of its <c>.qybackup</c> file.</param>
/// <param name="KeyId">Which key opens it.</param>
/// <param name="Bytes">Of all its files.</param>
/// <param name="Added">What it added to the folder; the rest lay there already.</param>
public sealed record BackupInfo(string Id, string Path, BackupKind Kind, DateTimeOffset TakenAt, string Version, string Engine, string KeyId, int Files, long Bytes, long Added);

/// <summary>One try to take a backup.</summary>
/// <param name="Path">Of the backup; the folder when it failed.</param>
/// <param name="Why">Null when it was taken.</param>
/// <param name="By">Who asked for it; null for an automatic one.</param>
public sealed record BackupRun(Guid Id, BackupKind Kind, DateTimeOffset At, string Path, long Bytes, long Added, double Seconds, string? Why, string? By);

/// <summary>One restoration into a scratch installation.</summary>
/// <param name="Backup">Path of the backup.</param>
/// <param name="RtoSeconds">From the first byte restored to an installation that answers queries, without the time in which the drill held itself back for the platform that serves.</param>
/// <param name="RpoSeconds">Age of the backup when the drill began: what a loss at that moment would have cost.</param>
/// <param name="FramesChecked">Frames read from the restored store, each under the hash of its batch.</param>
/// <param name="ChunksChecked">Chunks of values read under their checksum.</param>
/// <param name="ProofsChecked">Ledger entries, taken by lot, whose inclusion and signatures were verified.</param>
/// <param name="DigestsChecked">Hourly digests recomputed from the restored frames.</param>
/// <param name="Findings">What was not as it should be: technical lines such as <c>rows platform.db/alarm: 3, backed up 4</c>, or in the reader's words.</param>
public sealed record DrillReport(
    Guid Id, DateTimeOffset At, string Backup, double RtoSeconds, double RpoSeconds, long FramesChecked, long ChunksChecked, int ProofsChecked, int DigestsChecked, bool Ok, IReadOnlyList<string> Findings);

/// <summary>Where backups go and how safe that is.</summary>
/// <param name="SameDisk">True when folder and data lie on one disk: no second place.</param>
/// <param name="KeyId">Null while there is no key.</param>
/// <param name="KeyCopy">Where the copy of the key lies; null when there is none.</param>
/// <param name="KeyIsNamed">The settings name the key file: its copies are the operator's.</param>
/// <param name="NextAutomatic">When the next one falls due.</param>
/// <param name="NextDrill">When the next drill falls due; null before the first backup.</param>
public sealed record BackupPlace(string Folder, bool SameDisk, string? KeyId, string? KeyCopy, bool KeyIsNamed, TimeSpan Every, DateTimeOffset NextAutomatic, DateTimeOffset? NextDrill, string? Running)
{
    /// <summary>Whether a backup lies where backups belong; nothing that falls due waits for others.</summary>
    public bool Holds(string path) => System.IO.Path.GetDirectoryName(path) == Folder || path == Folder;
}

/// <summary>Takes backups and proves them.</summary>
public interface IBackups
{
    /// <summary>Takes a backup now, beside the running platform.</summary>
    /// <param name="folder">Null for that of the settings.</param>
    /// <returns>Refusals: <c>backup.running</c>, <c>backup.failed</c> (why).</returns>
    Task<Result<BackupInfo>> CreateAsync(string? folder, BackupKind kind, Actor actor, CancellationToken ct);

    /// <summary>Newest first. What cannot be read is left out.</summary>
    IReadOnlyList<BackupInfo> List(string? folder);

    /// <summary>Restores the newest backup of the folder into a scratch installation, checks it, and puts that away again.</summary>
    /// <returns>With findings as technical lines. Refusals: <c>backup.running</c>, <c>backup.none</c> (folder), <c>backup.failed</c> (why).</returns>
    Task<Result<DrillReport>> DrillAsync(string? folder, Actor actor, CancellationToken ct);

    /// <summary>The latest tries, newest first.</summary>
    Task<IReadOnlyList<BackupRun>> RunsAsync(int limit, CancellationToken ct);

    /// <summary>The latest drills, newest first, with findings in the reader's words.</summary>
    Task<IReadOnlyList<DrillReport>> DrillsAsync(int limit, CancellationToken ct);

    Task<BackupPlace> PlaceAsync(CancellationToken ct);
}
