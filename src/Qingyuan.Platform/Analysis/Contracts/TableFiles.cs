using Qingyuan.Platform.Analysis.Export;

namespace Qingyuan.Platform.Analysis.Contracts;

/// <summary>Any table of texts as csv, xlsx or Parquet, written the way this slice writes its own exports. Texts stay as they are, but for csv cells that a spreadsheet would take for formulas.</summary>
public static class TableFiles
{
    public static IReadOnlyList<string> Formats { get; } = ["csv", "xlsx", "parquet"];

    /// <summary>The media type of one of <see cref="Formats"/>.</summary>
    public static string Type(string format) => (RowExport.Kind(format) ?? throw new ArgumentException($"'{format}' is none of {string.Join(", ", Formats)}.", nameof(format))).Type;

    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="columns">Names that differ; <c>text</c>, or a type as in <see cref="SqlColumn"/>.</param>
    /// <param name="rows">Read once; a row has a cell for each column.</param>
    /// <param name="about">What is said of the whole: lines that begin with # before a csv's heading, a second sheet, the metadata of a Parquet file.</param>
    /// <param name="file">Written from its place on; stays open.</param>
    public static Task WriteAsync(string format, IReadOnlyList<(string Name, string Type)> columns, IEnumerable<string?[]> rows, IReadOnlyList<(string Name, string Text)> about, Stream file, CancellationToken ct) =>
        TableExport.WriteAsync(format, columns, rows, file, ct, about);
}
