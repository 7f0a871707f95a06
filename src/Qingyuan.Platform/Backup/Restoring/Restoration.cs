using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Vault;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Backup.Restoring;

/// <summary>Writes beside the target and renames at the end: a restoration that was cut off leaves no installation that could be started.</summary>
internal sealed class Restoration(IInstallations installations, IOptions<BackupOptions> options, TimeProvider clock) : IRestoration
{
    public const string Partial = ".partial";

    public async Task<Result<RestorationReport>> RestoreAsync(string path, string directory, string? keyFile, string? database, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var target = Path.GetFullPath(directory);
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())) return new Refusal("backup.not-empty", target);
        var partial = target + Partial;
        try
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
            var key = VaultKeys.ForReading(keyFile, Manifest.ReadHead(path).KeyId, options.Value.KeyCopies);
            var manifest = Manifest.Read(path, key);
            if (database is not null && RestoredInstallation.Server(manifest) is null) return new Refusal("backup.not-of-server", path);
            if (database is not null) manifest = manifest with { Files = [.. manifest.Files.Where(file => file.Server is null)] };
            await RestoredInstallation.WriteAsync(Path.GetDirectoryName(Path.GetFullPath(path))!, key, manifest, partial, Pace.Full, ct);
            var (requeued, held) = await ReadyAsync(partial, path, manifest, database, actor, ct);
            if (Directory.Exists(target)) Directory.Delete(target);
            Directory.Move(partial, target);
            return new RestorationReport(target, Path.GetFullPath(path), manifest.Head.TakenAt, manifest.Files.Count, manifest.Files.Sum(file => file.Length), requeued, RestoredInstallation.Server(manifest) is null ? null : Path.Combine(target, Postgres.RestoredServer.Folder), held);
        }
        catch (Exception error) when (error is VaultException or LogException)
        {
            return new Refusal("backup.unreadable", error.Message);
        }
    }

    /// <summary>Brings files of different moments together, and writes into the ledger that this happened.</summary>
    private async Task<(int Requeued, bool Held)> ReadyAsync(string directory, string path, Manifest manifest, string? database, Actor actor, CancellationToken ct)
    {
        await using var installation = await RestoredInstallation.OpenAsync(installations, manifest, directory, database, ct);
        var aligned = await AlignAsync(installation.Services, ct);
        var ledger = installation.Services.GetRequiredService<IElectronicLedger>();
        await installation.Services.GetRequiredService<IDatabase>().WriteAsync((db, _) => Task.FromResult(ledger.Record(db, new("backup.restored", null, null, null, actor, clock.GetUtcNow(), Told(path, manifest.Head, aligned)))), ct);
        return (aligned.Requeued, installation.Services.GetRequiredService<IRestoredLedger>().IsHeld);
    }

    /// <summary>What every opening of restored files needs first.</summary>
    public static async Task<LedgerAlignment> AlignAsync(IServiceProvider services, CancellationToken ct)
    {
        services.GetRequiredService<IRestoredTelemetry>().LeaveRoom();
        return await services.GetRequiredService<IRestoredLedger>().AlignAsync(ct);
    }

    private static JsonObject Told(string path, ManifestHead head, LedgerAlignment aligned) => new()
    {
        ["backup"] = Path.GetFileName(path),
        ["takenAt"] = head.TakenAt.ToOffset(StationClock.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        ["log"] = aligned.Origin ?? "",
        ["size"] = aligned.Size.ToString(CultureInfo.InvariantCulture),
        ["requeued"] = aligned.Requeued.ToString(CultureInfo.InvariantCulture),
    };
}
