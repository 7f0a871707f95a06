using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
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
    private const string Ledger = "ledger";

    public async Task<Result<RestorationReport>> RestoreAsync(string path, string directory, string? keyFile, string? database, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)); // else the partial folder would lie in it
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())) return new Refusal("backup.not-empty", target);
        using var folder = PartialFolder.Take(target);
        if (folder is null) return new Refusal("backup.partial-in-the-way", PartialFolder.PathOf(target));
        try
        {
            var key = VaultKeys.ForReading(keyFile, Manifest.ReadHead(path).KeyId, options.Value.KeyCopies);
            var manifest = Manifest.Read(path, key);
            var refusal = await WriteAsync(path, key, manifest, folder.Path, database, ct);
            if (refusal is not null)
            {
                folder.Discard(refusal.Code);
                return refusal;
            }

            var ready = await ReadyAsync(folder.Path, path, database is null ? manifest : WithoutServer(manifest), database, actor, ct);
            if (database is not null || RestoredInstallation.Server(manifest) is not null) new DataDirectory(folder.Path).NoteServer();
            folder.Finish();
            return Report(target, path, database is null ? manifest : WithoutServer(manifest), database, ready);
        }
        catch (Exception error) when (error is VaultException or LogException)
        {
            folder.Discard(error.Message);
            return new Refusal("backup.unreadable", error.Message);
        }
        catch (Exception error)
        {
            folder.Discard(error.Message);
            throw;
        }
    }

    /// <summary>Writes the files; beside another database the evidence log first, which tells whether the two belong together.</summary>
    private static async Task<Refusal?> WriteAsync(string path, VaultKey key, Manifest manifest, string directory, string? database, CancellationToken ct)
    {
        var vault = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (database is null)
        {
            await RestoredInstallation.WriteAsync(vault, key, manifest, directory, Pace.Full, ct);
            return null;
        }

        if (RestoredInstallation.Server(manifest) is null) return new Refusal("backup.not-of-server", path);
        var parts = WithoutServer(manifest).Files.ToLookup(file => file.Path.StartsWith(Ledger + "/", StringComparison.Ordinal));
        await RestoredInstallation.WriteAsync(vault, key, manifest with { Files = [.. parts[true]] }, directory, Pace.Full, ct);
        if (await RecoveredDatabase.DoubtAsync(database, Path.Combine(directory, Ledger), ct) is { } refusal) return refusal;
        await RestoredInstallation.WriteAsync(vault, key, manifest with { Files = [.. parts[false]] }, directory, Pace.Full, ct);
        return null;
    }

    private static Manifest WithoutServer(Manifest manifest) => manifest with { Files = [.. manifest.Files.Where(file => file.Server is null)] };

    private static RestorationReport Report(string target, string path, Manifest manifest, string? database, Readied ready)
    {
        var server = RestoredInstallation.Server(manifest);
        return new(
            target, Path.GetFullPath(path), manifest.Head.TakenAt, manifest.Files.Count, manifest.Files.Sum(file => file.Length), ready.Requeued, server is null ? null : Path.Combine(target, Postgres.RestoredServer.Folder),
            server is null ? Named(database) : $"Host=...;Username={server.Server!.User};Database={server.Server.Database}", ready.IsHeld, ready.NeedsNewKey);
    }

    /// <summary>The connection string as it may be shown.</summary>
    private static string? Named(string? database) => database is null ? null : new NpgsqlConnectionStringBuilder(database) { Password = null, SslPassword = null }.ToString();

    /// <summary>Brings files of different moments together, and writes into the ledger that this happened.</summary>
    private async Task<Readied> ReadyAsync(string directory, string path, Manifest manifest, string? database, Actor actor, CancellationToken ct)
    {
        await using var installation = await RestoredInstallation.OpenAsync(installations, manifest, directory, database, ct);
        var services = installation.Services;
        var aligned = await AlignAsync(services, ct);
        var ledger = services.GetRequiredService<IElectronicLedger>();
        await services.GetRequiredService<IDatabase>().WriteAsync((db, _) => Task.FromResult(ledger.Record(db, new("backup.restored", null, null, null, actor, clock.GetUtcNow(), Told(path, manifest.Head, aligned)))), ct);
        return new(aligned.Requeued, services.GetRequiredService<IRestoredLedger>().IsHeld, services.GetRequiredService<IOptions<BackupOptions>>().Value.KeyFile is null);
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

    /// <param name="NeedsNewKey">The key of backups did not come along and the settings name no other: the next backup makes one.</param>
    private sealed record Readied(int Requeued, bool IsHeld, bool NeedsNewKey);
}
