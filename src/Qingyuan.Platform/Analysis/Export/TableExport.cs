using System.Globalization;
using System.Text;
using MiniExcelLibs;
using Parquet;
using Parquet.Schema;
using Qingyuan.Platform.Shared.Tables;

namespace Qingyuan.Platform.Analysis.Export;

/// <summary>Any table of texts as a file that other programs read; columns whose type says so become numbers, times and truths there.</summary>
internal static class TableExport
{
    /// <summary>Rows of an xlsx: a sheet of a workbook holds little more.</summary>
    public const int SheetRows = 1_000_000;

    private const int GroupRows = 50_000;
    private static readonly UTF8Encoding Marked = new(encoderShouldEmitUTF8Identifier: true);

    /// <param name="format"><c>csv</c>, <c>xlsx</c> or <c>parquet</c>.</param>
    /// <param name="columns">Names that differ, and types as in <see cref="Contracts.SqlColumn"/>.</param>
    /// <param name="rows">Read once; a row has a cell for each column.</param>
    /// <param name="file">Written from its place on; stays open.</param>
    /// <param name="about">What is said of the whole table: lines that begin with # before a csv's heading, a second sheet, the metadata of a Parquet file.</param>
    public static async Task WriteAsync(
        string format, IReadOnlyList<(string Name, string Type)> columns, IEnumerable<string?[]> rows, Stream file, CancellationToken ct, IReadOnlyList<(string Name, string Text)>? about = null)
    {
        if (format is "parquet") await ParquetAsync(columns, rows, file, about ?? [], ct);
        else if (format is "xlsx") await file.SaveAsAsync(about is null ? Sheet(columns, rows) : Book(columns, rows, about), cancellationToken: ct);
        else await CsvAsync(columns, rows, file, about ?? [], ct);
    }

    /// <summary>The same into a file of its own: a stream that deletes it when it is closed. When writing fails or nobody waits for it any more, the file is gone at once.</summary>
    /// <param name="path">Where nothing is yet.</param>
    public static async Task<Stream> WriteFileAsync(string path, string format, IReadOnlyList<(string Name, string Type)> columns, IEnumerable<string?[]> rows, CancellationToken ct)
    {
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 << 10, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            await WriteAsync(format, columns, rows, file, ct);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async Task CsvAsync(IReadOnlyList<(string Name, string Type)> columns, IEnumerable<string?[]> rows, Stream file, IReadOnlyList<(string Name, string Text)> about, CancellationToken ct)
    {
        await using var writer = new StreamWriter(file, Marked, leaveOpen: true);
        foreach (var (name, text) in about) await writer.WriteLineAsync($"# {name}: {text.ReplaceLineEndings(" ")}");
        await writer.WriteLineAsync(CsvText.Line(columns.Select(column => column.Name)));
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            await writer.WriteLineAsync(CsvText.Line(row));
        }
    }

    private static IEnumerable<Dictionary<string, object?>> Sheet(IReadOnlyList<(string Name, string Type)> columns, IEnumerable<string?[]> rows) =>
        rows.DefaultIfEmpty(new string?[columns.Count]).Select(row => columns.Select((column, at) => (column.Name, Value: Typed(column.Type, row[at]))).ToDictionary(cell => cell.Name, cell => cell.Value));

    private static Dictionary<string, object> Book(IReadOnlyList<(string Name, string Type)> columns, IEnumerable<string?[]> rows, IReadOnlyList<(string Name, string Text)> about) => new()
    {
        ["data"] = Sheet(columns, rows), ["about"] = about.Select(each => new Dictionary<string, object?> { ["name"] = each.Name, ["text"] = each.Text }),
    };

    private static object? Typed(string type, string? text) => (type, text) switch
    {
        (_, null) => null,
        ("integer" or "number", _) when double.IsFinite(Number(text)) => Number(text),
        ("truth", _) => text is "true" ? 1 : 0,
        _ => text,
    };

    private static async Task ParquetAsync(IReadOnlyList<(string Name, string Type)> columns, IEnumerable<string?[]> rows, Stream file, IReadOnlyList<(string Name, string Text)> about, CancellationToken ct)
    {
        var fields = columns.Select(Field).ToArray();
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file, new() { CompressionMethod = CompressionMethod.Zstd }, cancellationToken: ct);
        if (about.Count > 0) writer.CustomMetadata = about.ToDictionary(each => each.Name, each => each.Text);
        foreach (var group in rows.Chunk(GroupRows))
        {
            using var part = writer.CreateRowGroup();
            for (var at = 0; at < fields.Length; at++) await ColumnAsync(part, fields[at], columns[at].Type, group, at, ct);
        }
    }

    private static DataField Field((string Name, string Type) column) => column.Type switch
    {
        "integer" => new DataField(column.Name, typeof(long), isNullable: true),
        "number" => new DataField(column.Name, typeof(double), isNullable: true),
        "truth" => new DataField(column.Name, typeof(bool), isNullable: true),
        // Not micros: this version of the library gets the least and the most of such a column wrong, and readers that trust them skip everything.
        "time" => new DateTimeDataField(column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: false, unit: DateTimeTimeUnit.Millis, isNullable: true),
        _ => new DataField(column.Name, typeof(string), isNullable: true),
    };

    private static Task ColumnAsync(ParquetRowGroupWriter part, DataField field, string type, string?[][] rows, int at, CancellationToken ct) => type switch
    {
        "integer" => WriteAsync(part, field, rows, at, text => long.Parse(text, CultureInfo.InvariantCulture), ct),
        "number" => WriteAsync(part, field, rows, at, Number, ct),
        "truth" => WriteAsync(part, field, rows, at, text => text is "true", ct),
        "time" => WriteAsync(part, field, rows, at, text => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture), ct),
        _ => part.WriteAsync(field, [.. rows.Select(row => row[at]!)]),
    };

    private static Task WriteAsync<T>(ParquetRowGroupWriter part, DataField field, string?[][] rows, int at, Func<string, T> read, CancellationToken ct)
        where T : struct => part.WriteAsync<T>(field, rows.Select(row => row[at] is { } text ? read(text) : (T?)null).ToArray(), cancellationToken: ct);

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
