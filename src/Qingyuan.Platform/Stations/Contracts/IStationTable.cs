using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Tables;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>What becomes of a row of a table of stations.</summary>
public enum StationRowState
{
    /// <summary>It can be filed.</summary>
    New,

    /// <summary>It is filed, as the row has it.</summary>
    Filed,

    /// <summary>It is wrong, or contradicts what is filed.</summary>
    Refused,
}

/// <summary>One row of a table of stations.</summary>
/// <param name="Row">As the spreadsheet counts rows.</param>
/// <param name="Mn">As it stands there, also when it is wrong.</param>
/// <param name="Name">The same.</param>
/// <param name="Draft">What would be filed; null when it cannot be read.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Fault">Why it is refused.</param>
/// <param name="Column">Key of the column at fault; null when the whole row is meant, or nothing is wrong.</param>
public sealed record StationTableRow(int Row, string Mn, string Name, StationDraft? Draft, StationRowState State, Refusal? Fault = null, string? Column = null);

/// <summary>A table of stations, looked through.</summary>
/// <param name="Sha256">Of the file.</param>
/// <param name="Ignored">Headings nobody here understands; their cells are not taken over.</param>
public sealed record StationTableReview(string FileName, string Sha256, IReadOnlyList<StationTableRow> Rows, IReadOnlyList<string> Ignored)
{
    public int Count(StationRowState state) => Rows.Count(row => row.State == state);
}

/// <summary>Files the stations of a spreadsheet, after they were seen. The file is not kept: it holds the passwords of loggers.</summary>
public interface IStationTable
{
    /// <summary>Bytes of the largest file.</summary>
    const long LargestFile = 10L << 20;

    /// <summary>Stations of one file.</summary>
    const int MostRows = 5000;

    /// <summary>The columns, as people head them.</summary>
    IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>What a column holds, in the reader's language; empty where its heading says it.</summary>
    string Hint(string key);

    /// <summary>Why a row is refused, in the reader's language; null when it is not.</summary>
    string? Why(StationTableRow row);

    /// <summary>Looks a file through; nothing is filed.</summary>
    /// <returns>Every row with what would become of it; or <c>import.too-large</c>, <c>import.no-rows</c>, <c>import.field-invalid</c>, <c>import.column-missing</c>, <c>import.column-twice</c>, or what <see cref="TableFile"/> refuses.</returns>
    Task<Result<StationTableReview>> ReviewAsync(string fileName, Stream content, CancellationToken ct);

    /// <summary>Files the new ones, each for itself, each with its ledger entry; the file's hash and the MNs are one more.</summary>
    /// <returns>The same rows as they stand now: one that another had filed meanwhile is refused.</returns>
    Task<StationTableReview> FileAsync(StationTableReview review, Actor actor, CancellationToken ct);

    /// <summary>An empty file with the headings; null when the format is neither csv nor xlsx.</summary>
    byte[]? Template(string format);
}
