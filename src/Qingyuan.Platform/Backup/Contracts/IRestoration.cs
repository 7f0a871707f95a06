using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Backup.Contracts;

/// <summary>What a restoration brought back.</summary>
/// <param name="Requeued">Ledger records whose sealed entries the backup came too early for; they wait for the successor of the log.</param>
/// <param name="ServerDirectory">A PostgreSQL server directory to start and name with <c>--db</c>; null for the embedded database.</param>
/// <param name="IsLedgerHeld">The evidence log signs nothing until <c>ledger succeed</c>.</param>
public sealed record RestorationReport(string Directory, string Backup, DateTimeOffset TakenAt, int Files, long Bytes, int Requeued, string? ServerDirectory, bool IsLedgerHeld);

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
    /// <param name="ct">Stops it; nothing is left behind but the partial folder.</param>
    /// <returns>Refusals: <c>backup.not-empty</c> (directory), <c>backup.unreadable</c> (why), <c>backup.not-of-server</c> (its database is no PostgreSQL).</returns>
    Task<Result<RestorationReport>> RestoreAsync(string path, string directory, string? keyFile, string? database, Actor actor, CancellationToken ct);
}

/// <summary>What was taken out of a backup.</summary>
public sealed record FrameExtract(string Path, long Frames);

/// <summary>Brings back one station's month without touching the rest: as raw frames, which <c>import-frames</c> stores as imported, so that nobody takes them for received.</summary>
public interface IFrameExtraction
{
    /// <param name="path">The <c>.qybackup</c> file.</param>
    /// <param name="mn">Whose frames.</param>
    /// <param name="month">First day of the month, by the station's clock; frames received in it.</param>
    /// <param name="output">New file, one frame a line.</param>
    /// <param name="keyFile">Null looks where keys usually are.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>Refusal: <c>backup.unreadable</c> (why).</returns>
    Task<Result<FrameExtract>> ExtractAsync(string path, string mn, DateTime month, string output, string? keyFile, CancellationToken ct);
}
