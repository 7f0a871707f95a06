using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Backup.Due;

/// <summary>What was tried and what came of it: rows for people, entries in the ledger.</summary>
internal sealed class BackupHistory(IDatabase database, IElectronicLedger ledger, BackupFolder folder, TimeProvider clock)
{
    public Task TakenAsync(BackupInfo info, double seconds, Actor actor, CancellationToken ct) => database.WriteAsync(
        (db, _) =>
        {
            db.Add(new BackupRunRow { Kind = info.Kind, At = info.TakenAt, Path = info.Path, Bytes = info.Bytes, Added = info.Added, Seconds = Math.Round(seconds, 1), ActorId = By(info.Kind, actor) });
            return Task.FromResult(ledger.Record(db, Draft("backup.created", actor, new()
            {
                ["backup"] = Path.GetFileName(info.Path), ["kind"] = info.Kind.ToString().ToLowerInvariant(), ["files"] = Text(info.Files), ["bytes"] = Text(info.Bytes), ["key"] = info.KeyId,
            })));
        },
        ct);

    public Task FailedAsync(BackupKind kind, string folder, string why, Actor actor, CancellationToken ct) => database.WriteAsync(
        (db, _) =>
        {
            db.Add(new BackupRunRow { Kind = kind, At = clock.GetUtcNow(), Path = folder, Why = why, ActorId = By(kind, actor) });
            return Task.FromResult(ledger.Record(db, Draft("backup.failed", actor, new() { ["folder"] = folder, ["kind"] = kind.ToString().ToLowerInvariant(), ["why"] = why })));
        },
        ct);

    public Task DrilledAsync(DrillReport report, Actor actor, CancellationToken ct) => database.WriteAsync(
        (db, _) =>
        {
            db.Add(new DrillRow
            {
                Id = report.Id, At = report.At, Backup = report.Backup, RtoSeconds = report.RtoSeconds, RpoSeconds = report.RpoSeconds, FramesChecked = report.FramesChecked, ChunksChecked = report.ChunksChecked,
                ProofsChecked = report.ProofsChecked, DigestsChecked = report.DigestsChecked, Ok = report.Ok, Findings = string.Join('\n', report.Findings),
            });
            return Task.FromResult(ledger.Record(db, Draft("backup.drill", actor, new()
            {
                ["backup"] = Path.GetFileName(report.Backup), ["ok"] = report.Ok, ["rtoSeconds"] = Text(report.RtoSeconds), ["rpoSeconds"] = Text(report.RpoSeconds), ["framesChecked"] = Text(report.FramesChecked),
                ["chunksChecked"] = Text(report.ChunksChecked), ["proofsChecked"] = Text(report.ProofsChecked), ["digestsChecked"] = Text(report.DigestsChecked),
                ["findings"] = string.Join("; ", report.Findings.Take(5)),
            })));
        },
        ct);

    public async Task<IReadOnlyList<BackupRun>> RunsAsync(int limit, CancellationToken ct)
    {
        await using var db = database.Read();
        var rows = await db.Set<BackupRunRow>().OrderByDescending(row => row.Id).Take(limit).ToListAsync(ct);
        return [.. rows.Select(row => new BackupRun(row.Id, row.Kind, row.At, row.Path, row.Bytes, row.Added, row.Seconds, row.Why is null ? null : BackupTexts.Finding(row.Why), row.ActorId))];
    }

    public async Task<IReadOnlyList<DrillReport>> DrillsAsync(int limit, CancellationToken ct)
    {
        await using var db = database.Read();
        var rows = await db.Set<DrillRow>().OrderByDescending(row => row.Id).Take(limit).ToListAsync(ct);
        return [.. rows.Select(row => new DrillReport(
            row.Id, row.At, row.Backup, row.RtoSeconds, row.RpoSeconds, row.FramesChecked, row.ChunksChecked, row.ProofsChecked, row.DigestsChecked, row.Ok,
            [.. row.Findings.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(finding => BackupTexts.Finding(finding))]))];
    }

    /// <summary>The latest try to take a backup where it belongs, and the latest drill of one; each null when there was none.</summary>
    public async Task<(BackupRunRow? Run, DrillRow? Drill)> LatestAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return (await Runs(db).OrderByDescending(row => row.Id).FirstOrDefaultAsync(ct), await Drills(db).OrderByDescending(row => row.Id).FirstOrDefaultAsync(ct));
    }

    /// <summary>Times that decide what falls due, of the folder backups belong in; a person's backup counts wherever it went. Each null when it never was.</summary>
    public async Task<BackupDates> DatesAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var taken = Runs(db).Where(row => row.Why == null);
        return new(
            await taken.OrderBy(row => row.Id).Select(row => (DateTimeOffset?)row.At).FirstOrDefaultAsync(ct),
            await taken.OrderByDescending(row => row.Id).Select(row => (DateTimeOffset?)row.At).FirstOrDefaultAsync(ct),
            await db.Set<BackupRunRow>().Where(row => row.Why == null && row.Kind == BackupKind.Manual).OrderByDescending(row => row.Id).Select(row => (DateTimeOffset?)row.At).FirstOrDefaultAsync(ct),
            await Runs(db).OrderByDescending(row => row.Id).Where(row => row.Why != null).Select(row => (DateTimeOffset?)row.At).FirstOrDefaultAsync(ct),
            await Drills(db).OrderByDescending(row => row.Id).Select(row => (DateTimeOffset?)row.At).FirstOrDefaultAsync(ct));
    }

    /// <summary>Of one that failed the folder is kept, of others the file.</summary>
    private IQueryable<BackupRunRow> Runs(QingyuanDb db)
    {
        var (path, inside) = (folder.Path, folder.Inside);
        return db.Set<BackupRunRow>().Where(row => row.Path == path || row.Path.StartsWith(inside));
    }

    private IQueryable<DrillRow> Drills(QingyuanDb db)
    {
        var inside = folder.Inside;
        return db.Set<DrillRow>().Where(row => row.Backup.StartsWith(inside));
    }

    private LedgerEntryDraft Draft(string kind, Actor actor, JsonObject body) => new(kind, null, null, null, actor, clock.GetUtcNow(), body);

    private static string? By(BackupKind kind, Actor actor) => kind is BackupKind.Manual ? actor.Id : null;

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}

/// <summary>First and last backup that was taken, last one by a person, last failure, last drill.</summary>
internal sealed record BackupDates(DateTimeOffset? First, DateTimeOffset? Last, DateTimeOffset? LastManual, DateTimeOffset? LastFailed, DateTimeOffset? LastDrill);
