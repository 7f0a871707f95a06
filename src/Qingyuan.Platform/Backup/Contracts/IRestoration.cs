using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Backup.Contracts;

/// <summary>What a restoration brought back.</summary>
/// <param name="Requeued">Ledger records whose sealed entries the backup came too early for; they wait for the successor of the log.</param>
/// <param name="ServerDirectory">A PostgreSQL server directory to start and name with <c>--db</c>; null for the embedded database.</param>
/// <param name="Database">How verbs name its PostgreSQL with <c>--db</c>, without passwords, and without a host when that is not known yet; null for the embedded database.</param>
/// <param name="IsLedgerHeld">The evidence log signs nothing until <c>ledger succeed</c>.</param>
/// <param name="NeedsNewKey">Its next backup is sealed with a key made then, not with the one that opened this backup.</param>
public sealed record RestorationReport(
    string Directory, string Backup, DateTimeOffset TakenAt, int Files, long Bytes, int Requeued, string? ServerDirectory, string? Database, bool IsLedgerHeld, bool NeedsNewKey);

/// <summary>Opens an installation that is not the running one. Implemented by the host, which alone knows all slices.</summary>
public interface IInstallations
{
    /// <summary>All services over that data directory, brought up to the schema of this release; none of them started.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="database">Connection string of its PostgreSQL; null for the embedded database.</param>
    /// <param name="ct">Stops the opening.</param>
    Task<IInstallation> OpenAsync(string directory, string? database, CancellationToken ct);
}

/// <summary>An installation opened for a while.</summary>
public interface IInstallation : IAsyncDisposable
{
    IServiceProvider Services { get; }
}

/// <summary>Brings an installation back from a backup.</summary>
public interface IRestoration
{
    /// <summary>Writes the files, checks each against its SHA-256, opens the installation and readies it for a start.</summary>
    /// <param name="path">The <c>.qybackup</c> file.</param>
    /// <param name="directory">New or empty. It appears whole or not at all.</param>
    /// <param name="keyFile">Null looks where keys usually are.</param>
    /// <param name="database">Connection string of the platform's PostgreSQL, recovered by its own means to a moment after this backup; then only files come from the backup. Null for the database in it.</param>
    /// <param name="actor">Goes into the ledger of the restored installation.</param>
    /// <param name="ct">Stops it; nothing is left behind.</param>
    /// <returns>
    /// Refusals: <c>backup.not-empty</c> (directory), <c>backup.partial-in-the-way</c> (folder), <c>backup.unreadable</c> (why), <c>backup.not-of-server</c> (its database is no PostgreSQL),
    /// <c>backup.database-absent</c>, <c>backup.database-other</c>, <c>backup.database-older</c> (database): not the one of this backup, or of an earlier moment.
    /// </returns>
    /// <exception cref="IOException">A disk or the restored server failed; what was written is removed, or named.</exception>
    Task<Result<RestorationReport>> RestoreAsync(string path, string directory, string? keyFile, string? database, Actor actor, CancellationToken ct);
}

/// <summary>What was taken out of a backup.</summary>
/// <param name="Refused">Frames of that time that were refused when they came, and stay out: once imported, their values would count.</param>
public sealed record FrameExtract(string Path, long Frames, long Refused);

/// <summary>Brings back one station's month without touching the rest: as raw frames, which <c>import-frames</c> stores as imported, so that nobody takes them for received.</summary>
public interface IFrameExtraction
{
    /// <param name="path">The <c>.qybackup</c> file.</param>
    /// <param name="mn">Whose frames.</param>
    /// <param name="month">First day of the month, by the station's clock; frames received in it.</param>
    /// <param name="output">New file, one frame a line.</param>
    /// <param name="keyFile">Null looks where keys usually are.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>Refusals: <c>backup.unreadable</c> (why), <c>backup.no-frames</c> (mn, month, refused): then no file is left.</returns>
    Task<Result<FrameExtract>> ExtractAsync(string path, string mn, DateTime month, string output, string? keyFile, CancellationToken ct);
}
