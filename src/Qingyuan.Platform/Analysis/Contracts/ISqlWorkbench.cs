using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis.Contracts;

/// <summary>Files of what a person may see, ready to be asked in SQL.</summary>
/// <param name="Query">The question as text, its factors separated by commas.</param>
/// <param name="Values">Rows of the view <c>readings</c>.</param>
/// <param name="Unreadable">Values that are no numbers, left out.</param>
public sealed record SqlDataSet(Guid Id, string Query, int Stations, long Values, int Unreadable, DateTimeOffset PreparedAt, DateTimeOffset ExpiresAt);

/// <summary>One column of an answer.</summary>
/// <param name="Type"><c>text</c>, <c>integer</c>, <c>number</c>, <c>truth</c> or <c>time</c>.</param>
public sealed record SqlColumn(string Name, string Type);

/// <summary>What a statement gave.</summary>
/// <param name="Rows">The first 500 at most, cells as text of 1,000 characters at most and 1 MiB altogether; null is NULL.</param>
/// <param name="Count">How many there are; all can be exported.</param>
/// <param name="Cut">Null, <c>rows</c> or <c>bytes</c>: the limit at which the answer ended early.</param>
/// <param name="Milliseconds">Of the statement alone.</param>
public sealed record SqlAnswer(Guid Id, IReadOnlyList<SqlColumn> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, long Count, string? Cut, long Milliseconds)
{
    /// <summary>True when cells of <see cref="Rows"/> end in <c>…</c> before their end, or rows are left out for their size. The export has all of it; <see cref="AnalysisTexts.Shortened"/> says so.</summary>
    public bool Shortened { get; init; }

    /// <summary>When the data set was prepared: nothing that came later is in the answer.</summary>
    public DateTimeOffset PreparedAt { get; init; }
}

/// <summary>An answer as a file. The caller disposes the stream, and the file goes with it.</summary>
public sealed record SqlFile(Stream Content, string Type, string Name);

/// <summary>A statement somebody ran.</summary>
/// <param name="Outcome"><c>done</c>, or the code of the refusal.</param>
public sealed record SqlRun(DateTimeOffset At, string Sql, string Query, string Outcome, long Rows, long Milliseconds);

/// <summary>A view that statements can rely on; its name and columns are part of the API.</summary>
public sealed record SqlView(string Name, IReadOnlyList<SqlColumn> Columns);

/// <summary>Read-only SQL by an engine in a process of its own, over files of what the person may see. Needs nothing but <see cref="Policies.ReadBusiness"/>.</summary>
public interface ISqlWorkbench
{
    /// <summary>What every data set holds.</summary>
    IReadOnlyList<SqlView> Views { get; }

    /// <summary>Writes the files, or takes those the person has for the same question: of a period that was over when they were prepared as long as they are kept, of another one for ten minutes.</summary>
    /// <param name="question">As Explore asks; <see cref="AnalysisText.Factor"/> may be several, separated by commas, or <c>*</c> for all.</param>
    /// <param name="fresh">Write anew although there are files.</param>
    /// <returns>Refusals: <c>request.field-invalid</c>, <c>analysis.station-invalid</c>, <c>analysis.factor-invalid</c> (a code that neither the factor table nor a chosen station knows), <c>analysis.too-much</c>.</returns>
    Task<Result<SqlDataSet>> PrepareAsync(AnalysisText question, bool fresh, ICurrentActor person, CancellationToken ct);

    /// <summary>Runs one SELECT; whoever stops waiting ends it.</summary>
    /// <returns>Refusals: <c>sql.*</c>, see docs/operations/sql.md.</returns>
    Task<Result<SqlAnswer>> RunAsync(Guid dataSet, string sql, ICurrentActor person, CancellationToken ct);

    /// <summary>The whole answer as csv, xlsx or Parquet.</summary>
    /// <returns>Refusals: <c>sql.no-such-answer</c>, <c>request.field-invalid</c>.</returns>
    Task<Result<SqlFile>> ExportAsync(Guid answer, string format, ICurrentActor person, CancellationToken ct);

    /// <summary>The person's own last statements, newest first.</summary>
    Task<IReadOnlyList<SqlRun>> HistoryAsync(ICurrentActor person, CancellationToken ct);
}
