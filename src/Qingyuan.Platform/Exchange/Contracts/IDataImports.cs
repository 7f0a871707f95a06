using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Tables;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Contracts;

/// <summary>What a file brings.</summary>
public enum ImportKind
{
    /// <summary>Results of a laboratory.</summary>
    Laboratory,

    /// <summary>Values that another system had stored.</summary>
    History,

    /// <summary>Raw HJ 212 frames, one a line.</summary>
    Frames,
}

/// <summary>Where an import stands.</summary>
public enum ImportState
{
    /// <summary>Looked through; nothing of it counts yet.</summary>
    Draft,

    /// <summary>Confirmed, its rows are being stored; when the process dies meanwhile, confirming again goes on where it was.</summary>
    Storing,

    /// <summary>Its rows count.</summary>
    Confirmed,

    /// <summary>Never confirmed.</summary>
    Dropped,

    /// <summary>Its rows are kept and count no longer.</summary>
    Undone,
}

/// <summary>What is said of one row.</summary>
public enum RowRemark
{
    /// <summary>It cannot be taken.</summary>
    Wrong,

    /// <summary>The very same value is there already; it is not stored twice.</summary>
    Repeated,

    /// <summary>Another value for the same station, factor and time is there; both are kept, neither replaces the other.</summary>
    Contradicting,
}

/// <param name="Row">As the spreadsheet counts rows; for frames the number of the line, empty ones left out.</param>
/// <param name="Column">Key of the column, null when the whole row is meant.</param>
/// <param name="Code">Stable code of the reason.</param>
/// <param name="Args">What its sentence names.</param>
public sealed record RowNote(int Row, string? Column, RowRemark Remark, string Code, IReadOnlyList<string> Args);

/// <summary>What a good row would become.</summary>
/// <param name="Remark">Null when the value is new.</param>
public sealed record RowPreview(int Row, string Mn, string Station, string Factor, DateTime At, string Value, string? Unit, string? Period, RowRemark? Remark);

/// <summary>One import.</summary>
/// <param name="Rows">Rows with anything in them, or lines.</param>
/// <param name="Good">New ones, contradicting ones included.</param>
/// <param name="Ignored">Headings nobody here understands; their cells are not taken over.</param>
/// <param name="Reason">Why it was undone.</param>
public sealed record ImportView(
    Guid Id, ImportKind Kind, ImportState State, string FileName, long Length, string Sha256, int Rows, int Good, int Wrong, int Repeated, int Contradicting, IReadOnlyList<string> Ignored,
    string By, DateTimeOffset At, string? ConfirmedBy, DateTimeOffset? ConfirmedAt, string? EndedBy, DateTimeOffset? EndedAt, string? Reason)
{
    /// <summary>The first good rows; empty in lists.</summary>
    public IReadOnlyList<RowPreview> Preview { get; init; } = [];
}

/// <summary>Takes data of files in, after they were seen, and takes them back as a whole. Nothing here reaches measured values: those come from frames alone.</summary>
public interface IDataImports
{
    /// <summary>Bytes of the largest file.</summary>
    const long LargestFile = 50L << 20;

    /// <summary>Looks a file through and keeps it as a draft.</summary>
    /// <returns>The draft; or <c>import.already-uploaded</c> (with the id and state of the other import), <c>import.too-large</c>, <c>import.field-invalid</c>, <c>import.column-missing</c>, <c>import.column-twice</c>, <c>import.no-rows</c>, or what <see cref="TableFile"/> refuses.</returns>
    Task<Result<ImportView>> PreviewAsync(ImportKind kind, string fileName, Stream content, Actor actor, CancellationToken ct);

    /// <summary>Stores the good rows of a draft. <c>import.not-draft</c>, <c>import.nothing-good</c>, <c>import.not-found</c>.</summary>
    Task<Result<ImportView>> ConfirmAsync(Guid id, Actor actor, CancellationToken ct);

    /// <summary>Lets a draft go; its file is kept. <c>import.not-draft</c>, <c>import.not-found</c>.</summary>
    Task<Result<ImportView>> DropAsync(Guid id, Actor actor, CancellationToken ct);

    /// <summary>Takes a confirmed import back. <c>import.reason-missing</c>, <c>import.not-confirmed</c>, <c>import.frames-stay</c>, <c>import.not-found</c>.</summary>
    Task<Result<ImportView>> UndoAsync(Guid id, string reason, Actor actor, CancellationToken ct);

    /// <summary>Newest first.</summary>
    Task<Page<ImportView>> ListAsync(int limit, string? after, CancellationToken ct);

    /// <summary>With its preview; null when there is none.</summary>
    Task<ImportView?> FindAsync(Guid id, CancellationToken ct);

    /// <summary>What was said of rows: the first 10,000 of each remark, in the order of the file.</summary>
    Task<Page<RowNote>> NotesAsync(Guid id, RowRemark? remark, int limit, string? after, CancellationToken ct);

    /// <summary>The file as uploaded, byte for byte.</summary>
    Task<(string Name, byte[] Content)?> FileAsync(Guid id, CancellationToken ct);

    /// <summary>Columns of a kind; none for frames.</summary>
    IReadOnlyList<TableColumn> Columns(ImportKind kind);

    /// <summary>An empty file with the headings; null when the kind has no table or the format is neither csv nor xlsx.</summary>
    byte[]? Template(ImportKind kind, string format);
}
