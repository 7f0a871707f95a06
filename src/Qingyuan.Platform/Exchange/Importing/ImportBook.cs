using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Tables;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Imports as people see them.</summary>
internal sealed class ImportBook(IDatabase database, ImportDesk desk, ImportedFiles files) : IDataImports
{
    private const int LargestPage = 1000;

    public async Task<Result<ImportView>> PreviewAsync(ImportKind kind, string fileName, Stream content, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(content);
        return (await desk.PreviewAsync(kind, fileName, content, actor, ct)).TryGet(out var id, out var refusal) ? await StoredAsync(id, ct) : refusal;
    }

    public async Task<Result<ImportView>> ConfirmAsync(Guid id, Actor actor, CancellationToken ct) => await desk.ConfirmAsync(id, actor, ct) is { } refusal ? refusal : await StoredAsync(id, ct);

    public async Task<Result<ImportView>> DropAsync(Guid id, Actor actor, CancellationToken ct) => await desk.DropAsync(id, actor, ct) is { } refusal ? refusal : await StoredAsync(id, ct);

    public async Task<Result<ImportView>> UndoAsync(Guid id, string reason, Actor actor, CancellationToken ct) => await desk.UndoAsync(id, reason, actor, ct) is { } refusal ? refusal : await StoredAsync(id, ct);

    public async Task<Page<ImportView>> ListAsync(int limit, string? after, CancellationToken ct)
    {
        var (most, below) = (Math.Clamp(limit, 1, LargestPage), Number(after) ?? long.MaxValue);
        await using var db = database.Read();
        var rows = await db.Set<ImportRow>().Where(row => row.No < below).OrderByDescending(row => row.No).Take(most + 1).ToListAsync(ct);
        return new([.. rows.Take(most).Select(row => row.View())], rows.Count > most ? Text(rows[most - 1].No) : null);
    }

    public async Task<ImportView?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = database.Read();
        return (await db.Set<ImportRow>().SingleOrDefaultAsync(row => row.Id == id, ct))?.View(withPreview: true);
    }

    public async Task<Page<RowNote>> NotesAsync(Guid id, RowRemark? remark, int limit, string? after, CancellationToken ct)
    {
        var (most, above) = (Math.Clamp(limit, 1, LargestPage), Number(after) ?? -1);
        await using var db = database.Read();
        var no = await db.Set<ImportRow>().Where(row => row.Id == id).Select(row => row.No).SingleOrDefaultAsync(ct);
        var rows = db.Set<ImportNoteRow>().Where(row => row.ImportNo == no && row.Seq > above);
        if (remark is { } wanted) rows = rows.Where(row => row.Remark == wanted);
        var found = await rows.OrderBy(row => row.Seq).Take(most + 1).ToListAsync(ct);
        return new([.. found.Take(most).Select(row => row.View())], found.Count > most ? Text(found[most - 1].Seq) : null);
    }

    public async Task<(string Name, byte[] Content)?> FileAsync(Guid id, CancellationToken ct)
    {
        await using var db = database.Read();
        if (await db.Set<ImportRow>().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } import) return null;
        var file = await files.FindAsync(import, ct);
        return (file.Name, file.Content);
    }

    public IReadOnlyList<TableColumn> Columns(ImportKind kind) => ImportColumns.Of(kind);

    public byte[]? Template(ImportKind kind, string format) => TableTemplate.Write(ImportColumns.Of(kind), format, column => ExchangeTexts.ColumnHint(column.Key, CultureInfo.GetCultureInfo("zh-CN")));

    private async Task<Result<ImportView>> StoredAsync(Guid id, CancellationToken ct) => await FindAsync(id, ct) is { } view ? view : new Refusal("import.not-found");

    private static long? Number(string? after) => long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
