using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Drilling;
using Qingyuan.Platform.Backup.Due;
using Qingyuan.Platform.Backup.Taking;
using Qingyuan.Platform.Backup.Vault;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Backup;

/// <summary>One backup or drill at a time, each with its record whatever came of it.</summary>
internal sealed class BackupDesk(
    BackupTaker taker, DrillRun drill, VaultKeys keys, BackupHistory history, DueTimes due, BackupFolder place, DataDirectory data, IOptions<BackupOptions> options, ILogger<BackupDesk> log) : IBackups, IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile string? _running;

    public Task<Result<BackupInfo>> CreateAsync(string? folder, BackupKind kind, Actor actor, CancellationToken ct) => AloneAsync("create", () => TakeAsync(FolderOf(folder), kind, actor, ct));

    public IReadOnlyList<BackupInfo> List(string? folder) => BackupList.Of(FolderOf(folder));

    public Task<Result<DrillReport>> DrillAsync(string? folder, Actor actor, CancellationToken ct) => AloneAsync("drill", () => ProveAsync(FolderOf(folder), actor, ct));

    public Task<IReadOnlyList<BackupRun>> RunsAsync(int limit, CancellationToken ct) => history.RunsAsync(limit, ct);

    public Task<IReadOnlyList<DrillReport>> DrillsAsync(int limit, CancellationToken ct) => history.DrillsAsync(limit, ct);

    public async Task<BackupPlace> PlaceAsync(CancellationToken ct)
    {
        var dates = await history.DatesAsync(ct);
        var key = Key();
        var copy = key is null ? null : keys.CopyOf(key);
        return new(
            place.Path, DiskOf.Same(place.Path, data.Root), key?.Id, copy is not null && File.Exists(copy) ? copy : null, options.Value.KeyFile is not null, options.Value.Every, due.NextAutomatic(dates), due.NextDrill(dates), _running);
    }

    public void Dispose() => _one.Dispose();

    private async Task<Result<T>> AloneAsync<T>(string what, Func<Task<Result<T>>> act)
        where T : notnull
    {
        if (!await _one.WaitAsync(0)) return new Refusal("backup.running", _running ?? "");
        _running = what;
        try
        {
            return await act();
        }
        finally
        {
            _running = null;
            _one.Release();
        }
    }

    private async Task<Result<BackupInfo>> TakeAsync(string folder, BackupKind kind, Actor actor, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var isThorough = await LastDrillFailedAsync(ct);
            var info = await Task.Run(() => taker.Take(folder, kind, keys.Load(), ct, isThorough), ct);
            await history.TakenAsync(info, watch.Elapsed.TotalSeconds, actor, ct);
            log.Taken(info.Path, info.Files, info.Bytes, info.Added);
            return info;
        }
        catch (Exception error) when (Outage.Is(error))
        {
            log.NotTaken(folder, error.Message);
            await WriteDownAsync(() => history.FailedAsync(kind, folder, error.Message, actor, ct));
            return error is NoRoomException room ? room.Refusal : new Refusal("backup.failed", error.Message);
        }
    }

    /// <summary>Then a block may be damaged: every file is read, and its blocks are compared and put right.</summary>
    private async Task<bool> LastDrillFailedAsync(CancellationToken ct)
    {
        try
        {
            return (await history.LatestAsync(ct)).Drill is { Ok: false };
        }
        catch (Exception error) when (Outage.Is(error))
        {
            return true; // the backup is needed the more
        }
    }

    // The database may be what failed; the log above has it then.
    private async Task WriteDownAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception error) when (Outage.Is(error))
        {
            log.NotWrittenDown(error.Message);
        }
    }

    private async Task<Result<DrillReport>> ProveAsync(string folder, Actor actor, CancellationToken ct)
    {
        if (BackupList.Of(folder) is not [var newest, ..]) return new Refusal("backup.none", folder);
        var report = await TriedAsync(newest, options.Value.Scratch ?? Path.Combine(folder, "drill"), ct);
        await history.DrilledAsync(report, actor, ct);
        log.Drilled(report.Backup, report.Ok, report.RtoSeconds.ToString(CultureInfo.InvariantCulture));
        return report;
    }

    /// <summary>A drill that cannot be carried through is one that failed, and stands in the history as such.</summary>
    private async Task<DrillReport> TriedAsync(BackupInfo backup, string scratch, CancellationToken ct)
    {
        try
        {
            return await drill.RunAsync(backup, keys.Load(), scratch, ct);
        }
        catch (Exception error) when (error is not OperationCanceledException) // whatever broke: what cannot be brought back is no backup, and the next turn must not try for ever
        {
            log.DrillFailed(backup.Path, error);
            return new(Guid.CreateVersion7(), due.Now, backup.Path, 0, Math.Round((due.Now - backup.TakenAt).TotalSeconds, 1), 0, 0, 0, 0, false, [error.Message]);
        }
    }

    private string FolderOf(string? folder) => folder is null ? place.Path : Path.GetFullPath(folder);

    private VaultKey? Key()
    {
        try
        {
            return keys.Find();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // creating one says why
        }
    }
}
