using System.Globalization;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Reading;
using Qingyuan.Platform.Analysis.Sql;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis.Export;

/// <summary>Values as a file that other programs read. Text stays as it was sent; the number beside it is for computing. Whatever is asked for lies on disk, piece by piece, and never in memory.</summary>
internal sealed class RowExport(RowReader rows, Shelf shelf)
{
    private static readonly (string Name, string Type)[] Columns =
        [("mn", "text"), ("station", "text"), ("factor", "text"), ("time", "time"), ("text", "text"), ("value", "number"), ("unit", "text"), ("mark", "text"), ("verdict", "text"), ("over", "truth"), ("frame", "text")];

    public static (string Type, string Ending)? Kind(string? format) => format switch
    {
        "csv" => ("text/csv; charset=utf-8", "csv"),
        "xlsx" => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        "parquet" => ("application/vnd.apache.parquet", "parquet"),
        _ => null,
    };

    /// <summary>A stream that deletes its file when it is closed. A turn of the <see cref="ReadingGate"/>.</summary>
    /// <param name="format"><c>csv</c>, <c>xlsx</c> or <c>parquet</c>.</param>
    /// <param name="person">Who sees the file, and in whose folder it lies.</param>
    /// <returns>Refusals: <c>analysis.station-invalid</c>, <c>analysis.too-much</c>, <c>request.field-invalid</c> (<c>format</c>) for more rows than a sheet takes.</returns>
    public Task<Result<Stream>> WriteAsync(AnalysisQuery query, string format, ICurrentActor person, CancellationToken ct) => rows.Gate.RunAsync(() => ReadAndWriteAsync(query, format, person, ct), ct);

    private async Task<Result<Stream>> ReadAndWriteAsync(AnalysisQuery query, string format, ICurrentActor person, CancellationToken ct)
    {
        if (!rows.StationsOf(query, person.StationScope).TryGet(out var stations, out var refusal)) return refusal;
        var place = shelf.PlaceFor(person.Actor, Guid.CreateVersion7());
        using var aside = new RowsAside(place + ".rows", Columns.Length);
        foreach (var station in stations)
        {
            var unit = station.Factors.First(factor => factor.Code == query.Factor).Unit;
            await foreach (var piece in rows.ReadAsync(station, query, ct))
            {
                foreach (var row in piece.Rows) aside.Add(Cells(query.Factor, unit, row, format));
                if (format is "xlsx" && aside.Count > TableExport.SheetRows) return new FieldFault("format", new Fault(AnalysisTexts.All, "sheet-rows", TableExport.SheetRows));
            }
        }

        return await TableExport.WriteFileAsync($"{place}.{format}", format, ColumnsOf(format), aside.Rows(ct), ct);
    }

    // In a Parquet file names are part of the API; elsewhere they are headings for people.
    private static (string Name, string Type)[] ColumnsOf(string format) =>
        [.. Columns.Select(column => (format is "parquet" ? char.ToUpperInvariant(column.Name[0]) + column.Name[1..] : AnalysisTexts.Column(column.Name), column.Type))];

    private static string?[] Cells(string factor, string unit, AnalysisRow row, string format) =>
    [
        row.Station.Mn, row.Station.Name, factor, row.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), row.Text, row.Value.ToString(CultureInfo.InvariantCulture), unit, row.Mark, row.Verdict,
        Truth(row.Over, format), row.Frame?.ToString(),
    ];

    // What a spreadsheet opens has ones and noughts, which it can sum.
    private static string Truth(bool truth, string format) => (format, truth) switch
    {
        ("csv", true) => "1",
        ("csv", false) => "0",
        (_, true) => "true",
        _ => "false",
    };
}
