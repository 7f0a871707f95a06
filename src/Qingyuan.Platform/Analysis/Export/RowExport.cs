using System.Globalization;
using System.Text;
using MiniExcelLibs;
using Parquet;
using Parquet.Serialization;
using Qingyuan.Platform.Analysis.Contracts;

namespace Qingyuan.Platform.Analysis.Export;

/// <summary>Values as a file that other programs read. Text stays as it was sent; the number beside it is for computing.</summary>
internal static class RowExport
{
    private static readonly string[] Columns = ["mn", "station", "factor", "time", "text", "value", "unit", "mark", "verdict", "over", "frame"];

    public static (string Type, string Ending)? Kind(string? format) => format switch
    {
        "csv" => ("text/csv; charset=utf-8", "csv"),
        "xlsx" => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        "parquet" => ("application/vnd.apache.parquet", "parquet"),
        _ => null,
    };

    public static async Task<Stream> WriteAsync(string format, string factor, IReadOnlyList<AnalysisRow> rows, CancellationToken ct)
    {
        var file = new MemoryStream();
        if (format is "parquet") await ParquetSerializer.SerializeAsync(rows.Select(row => Flat.Of(factor, row)), file, new() { CompressionMethod = CompressionMethod.Zstd }, cancellationToken: ct);
        else if (format is "xlsx") await file.SaveAsAsync(Sheet(factor, rows), cancellationToken: ct);
        else await WriteCsvAsync(file, factor, rows, ct);
        file.Position = 0;
        return file;
    }

    // With the mark that tells spreadsheets it is UTF-8.
    private static async Task WriteCsvAsync(Stream file, string factor, IReadOnlyList<AnalysisRow> rows, CancellationToken ct)
    {
        await using var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteLineAsync(string.Join(',', Columns.Select(name => CsvCell.Of(AnalysisTexts.Column(name)))));
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            await writer.WriteLineAsync(string.Join(',', Cells(factor, row).Select(value => CsvCell.Of(Convert.ToString(value, CultureInfo.InvariantCulture)))));
        }
    }

    private static IEnumerable<Dictionary<string, object?>> Sheet(string factor, IReadOnlyList<AnalysisRow> rows) =>
        rows.Select(row => Columns.Select(name => AnalysisTexts.Column(name)).Zip(Cells(factor, row)).ToDictionary(pair => pair.First, pair => pair.Second));

    private static object?[] Cells(string factor, AnalysisRow row) =>
    [
        row.Station.Mn, row.Station.Name, factor, row.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), row.Text, row.Value, Unit(factor, row), row.Mark, row.Verdict, row.Over ? 1 : 0, row.Frame?.ToString(),
    ];

    private static string Unit(string factor, AnalysisRow row) => row.Station.Factors.First(known => known.Code == factor).Unit;

    /// <summary>Columns of the Parquet file; names are part of the API.</summary>
    private sealed class Flat
    {
        public string Mn { get; set; } = "";

        public string Station { get; set; } = "";

        public string Factor { get; set; } = "";

        public DateTime Time { get; set; }

        public string Text { get; set; } = "";

        public double Value { get; set; }

        public string Unit { get; set; } = "";

        public string? Mark { get; set; }

        public string? Verdict { get; set; }

        public bool Over { get; set; }

        public string? Frame { get; set; }

        public static Flat Of(string factor, AnalysisRow row) => new()
        {
            Mn = row.Station.Mn, Station = row.Station.Name, Factor = factor, Time = DateTime.SpecifyKind(row.At, DateTimeKind.Unspecified), Text = row.Text, Value = row.Value, Unit = Unit(factor, row), Mark = row.Mark,
            Verdict = row.Verdict, Over = row.Over, Frame = row.Frame?.ToString(),
        };
    }
}
