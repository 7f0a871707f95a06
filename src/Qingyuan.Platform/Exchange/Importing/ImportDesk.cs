using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Tables;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>The acts on imports: look through, confirm, drop, take back. One at a time: a file's values are held against those of all others.</summary>
internal sealed class ImportDesk(IDatabase database, ImportedFiles files, FileReview review, ImportLedger ledger, IFrameImport frames, TimeProvider clock) : IDisposable
{
    private const int LongestReason = 1000;
    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task<Result<Guid>> PreviewAsync(ImportKind kind, string fileName, Stream content, Actor actor, CancellationToken ct)
    {
        if (!(await UploadedFile.ReadAsync(fileName, content, IDataImports.LargestFile, ct)).TryGet(out var file, out var refusal)) return refusal;
        await _one.WaitAsync(ct);
        try
        {
            if (await LivingAsync(kind, file, ct) is { } living) return living;
            if (!(await LookAsync(kind, file, ct)).TryGet(out var tally, out refusal)) return refusal;
            var kept = await files.KeepAsync(file, ct);
            return await StoreDraftAsync(kind, file, kept, tally, actor, ct);
        }
        catch (BlobException error)
        {
            return error.Refusal;
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task<Refusal?> ConfirmAsync(Guid id, Actor actor, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (await ReadAsync(id, ct) is not { } import) return new("import.not-found");
            if (import.State is not (ImportState.Draft or ImportState.Storing)) return new("import.not-draft", State(import));
            if (import.Good is 0) return new("import.nothing-good");
            var file = await files.FindAsync(import, ct);
            await ChangeAsync(id, row => (row.State, row.ConfirmedBy, row.ConfirmedAt) = (ImportState.Storing, actor.Id, clock.GetUtcNow()), null, ct);
            return import.Kind is ImportKind.Frames ? await StoreFramesAsync(import, file, actor, ct) : await StoreRowsAsync(import, file, actor, ct);
        }
        catch (BlobException error)
        {
            return error.Refusal;
        }
        finally
        {
            _one.Release();
        }
    }

    public Task<Refusal?> DropAsync(Guid id, Actor actor, CancellationToken ct) => EndAsync(id, import => import.State is ImportState.Draft ? null : new("import.not-draft", State(import)), ImportState.Dropped, null, actor, ct);

    public async Task<Refusal?> UndoAsync(Guid id, string reason, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) return new("import.reason-missing", "reason");
        if (Shared.Http.InputText.Fault(reason, LongestReason) is { } fault) return new("import.field-invalid", "reason", fault);
        return await EndAsync(id, Undoable, ImportState.Undone, reason.Trim(), actor, ct);
    }

    public void Dispose() => _one.Dispose();

    private static Refusal? Undoable(ImportRow import) => import switch
    {
        { Kind: ImportKind.Frames, State: ImportState.Confirmed or ImportState.Storing } => new("import.frames-stay"),
        { State: ImportState.Confirmed or ImportState.Storing } => null,
        _ => new("import.not-confirmed", State(import)),
    };

    private async Task<Refusal?> LivingAsync(ImportKind kind, UploadedFile file, CancellationToken ct)
    {
        await using var db = database.Read();
        var key = LiveKey(kind, file);
        return await db.Set<ImportRow>().SingleOrDefaultAsync(row => row.LiveKey == key, ct) is { } living && !IsRepeatable(living)
            ? new("import.already-uploaded", living.Id, State(living), living.FileName)
            : null;
    }

    /// <summary>What was refused of frames is judged anew when their file comes again.</summary>
    private static bool IsRepeatable(ImportRow import) => import is { Kind: ImportKind.Frames, State: ImportState.Confirmed, Wrong: > 0 };

    /// <summary>A file has one living import: the one that is repeated stays as it is, and is not it any more.</summary>
    private static Task<int> MakeWayAsync(QingyuanDb db, string key, CancellationToken ct) =>
        db.Set<ImportRow>().Where(row => row.LiveKey == key && row.Kind == ImportKind.Frames && row.State == ImportState.Confirmed && row.Wrong > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LiveKey, (string?)null), ct);

    private async Task<Result<ReviewTally>> LookAsync(ImportKind kind, UploadedFile file, CancellationToken ct)
    {
        await using var content = file.Open();
        if (kind is not ImportKind.Frames) return await review.RunAsync(kind, file.Name, content, null, ct);
        var seen = await frames.PreviewAsync(content, ReviewTally.MostNotes, ct);
        if (seen.Lines is 0) return new Refusal("import.no-rows", file.Name);
        if (seen.Earlier is { } earlier) return earlier.Refuse(file.Name);
        return new ReviewTally(seen);
    }

    private Task<Result<Guid>> StoreDraftAsync(ImportKind kind, UploadedFile file, KeptBlob kept, ReviewTally tally, Actor actor, CancellationToken ct) => database.WriteAsync<Result<Guid>>(
        async (db, token) =>
        {
            var now = clock.GetUtcNow();
            var row = new ImportRow
            {
                Id = Guid.CreateVersion7(now), Kind = kind, State = ImportState.Draft, FileName = file.Name, Length = file.Content.Length, Sha256 = file.Sha256, LiveKey = LiveKey(kind, file),
                Ignored = string.Join('\n', tally.Ignored), Preview = ImportViews.Json(tally.Preview), By = actor.Id, At = now,
            };
            Count(row, tally);
            await MakeWayAsync(db, LiveKey(kind, file), token);
            db.Add(row);
            await files.ReferAsync(db, kept, token);
            await db.SaveChangesAsync(token); // gives the number its notes go by
            db.AddRange(tally.Notes.Select((note, seq) => note.Row(row.No, seq)));
            return row.Id;
        },
        ct);

    private async Task<Refusal?> StoreRowsAsync(ImportRow import, UploadedFile file, Actor actor, CancellationToken ct)
    {
        var done = await StoredThroughAsync(import, ct);
        await using var content = file.Open();
        // In many small transactions: a million rows in one would hold up every other write. They count only once the last one is there.
        var stored = await review.RunAsync(import.Kind, file.Name, content, rows => AppendAsync(import.No, [.. rows.Where(row => row.Row > done)], ct), ct);
        if (!stored.TryGet(out var tally, out var refusal)) return refusal;
        return await ChangeAsync(import.Id, row =>
        {
            row.State = ImportState.Confirmed;
            Count(row, tally);
        }, (db, row) => ledger.Confirmed(db, row, tally.Stations, actor), ct);
    }

    /// <summary>The last row that a confirmation cut short had stored; rows are stored in the order of the file.</summary>
    private async Task<int> StoredThroughAsync(ImportRow import, CancellationToken ct)
    {
        await using var db = database.Read();
        return import.Kind is ImportKind.Laboratory
            ? await db.Set<LaboratoryRow>().Where(row => row.ImportNo == import.No).MaxAsync(row => (int?)row.Row, ct) ?? 0
            : await db.Set<HistoryRow>().Where(row => row.ImportNo == import.No).MaxAsync(row => (int?)row.Row, ct) ?? 0;
    }

    private async Task AppendAsync(long importNo, IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        if (rows.Count is 0) return;
        foreach (var row in rows) row.ImportNo = importNo;
        await database.WriteAsync(
            (db, _) =>
            {
                db.AddRange(rows);
                return Task.FromResult(true);
            },
            ct);
    }

    private async Task<Refusal?> StoreFramesAsync(ImportRow import, UploadedFile file, Actor actor, CancellationToken ct)
    {
        await using var content = file.Open();
        var stored = await frames.ImportAsync(content, file.Name, actor, ct);
        // All frames were stored, and only our own note of it was lost.
        var wasDone = !stored.TryGet(out var result, out var refusal) && refusal.Code is "import.already-done";
        if (result is null && !wasDone) return refusal;
        return await ChangeAsync(import.Id, row =>
        {
            row.State = ImportState.Confirmed;
            if (result is not null) (row.Rows, row.Good, row.Wrong) = ((int)result.Lines, (int)result.Imported, (int)(result.Lines - result.Imported));
        }, null, ct);
    }

    private async Task<Refusal?> EndAsync(Guid id, Func<ImportRow, Refusal?> judge, ImportState end, string? reason, Actor actor, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (await ReadAsync(id, ct) is not { } import) return new("import.not-found");
            if (judge(import) is { } refusal) return refusal;
            return await ChangeAsync(id, row => (row.State, row.LiveKey, row.EndedBy, row.EndedAt, row.Reason) = (end, null, actor.Id, clock.GetUtcNow(), reason),
                end is ImportState.Undone ? (db, row) => ledger.Undone(db, row, actor) : null, ct);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<ImportRow?> ReadAsync(Guid id, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Set<ImportRow>().SingleOrDefaultAsync(row => row.Id == id, ct);
    }

    private Task<Refusal?> ChangeAsync(Guid id, Action<ImportRow> change, Action<QingyuanDb, ImportRow>? record, CancellationToken ct) => database.WriteAsync<Refusal?>(
        async (db, token) =>
        {
            var row = await db.Set<ImportRow>().SingleAsync(each => each.Id == id, token);
            change(row);
            record?.Invoke(db, row);
            return null;
        },
        ct);

    private static void Count(ImportRow row, ReviewTally tally) =>
        (row.Rows, row.Good, row.Wrong, row.Repeated, row.Contradicting) = (tally.Rows, tally.Good, tally.Count(RowRemark.Wrong), tally.Count(RowRemark.Repeated), tally.Count(RowRemark.Contradicting));

    private static string LiveKey(ImportKind kind, UploadedFile file) => $"{kind}:{file.Sha256}";

    private static string State(ImportRow import) => ExchangeTexts.State(import.State);
}
