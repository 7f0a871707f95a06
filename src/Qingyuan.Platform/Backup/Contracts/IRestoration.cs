using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Backup.Contracts;

/// <summary>What a restoration brought back.</summary>
/// <param name="Requeued">Ledger records whose sealed entries the backup came too early for; they wait for the successor of the log.</param>
/// <param name="IsLedgerHeld">The evidence log signs nothing until <c>ledger succeed</c>.</param>
public sealed record RestorationReport(string Directory, string Backup, DateTimeOffset TakenAt, int Files, long Bytes, int Requeued, bool IsLedgerHeld);

/// <summary>Opens an installation that is not the running one. Implemented by the host, which alone knows all slices.</summary>
public interface IInstallations
{
    /// <summary>All services over that data directory, brought up to the schema of this release; none of them started.</summary>
    Task<IInstallation> OpenAsync(string directory, CancellationToken ct);
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
    /// <param name="actor">Goes into the ledger of the restored installation.</param>
    /// <param name="ct">Stops it; nothing is left behind but the partial folder.</param>
    /// <returns>Refusals: <c>backup.not-empty</c> (directory), <c>backup.unreadable</c> (why).</returns>
    Task<Result<RestorationReport>> RestoreAsync(string path, string directory, string? keyFile, Actor actor, CancellationToken ct);
}
