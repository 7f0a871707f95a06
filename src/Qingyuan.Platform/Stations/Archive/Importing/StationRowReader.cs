using System.Text.Json.Nodes;
using Qingyuan.Platform.Shared.Tables;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Stations.Archive.Importing;

/// <summary>Rows of one file as drafts of stations.</summary>
internal sealed class StationRowReader(TableHeading heading)
{
    public IReadOnlyList<string> Ignored => heading.Ignored;

    public StationTableRow Read(TableRow row)
    {
        var cells = StationColumns.All.Select(column => (column.Key, Cell: heading.Cell(row, column.Key))).Where(each => each.Cell.Text.Length > 0).ToArray();
        var (mn, name) = (heading.Cell(row, "mn").Text, heading.Cell(row, "name").Text);
        var read = Array.Find(cells, each => each.Cell.IsRounded) is { Key: { } rounded } ? new Refusal("station.cell-rounded", rounded) : Draft(cells);
        return read.TryGet(out var draft, out var refusal)
            ? new(row.Number, mn, name, draft, StationRowState.New)
            : new(row.Number, mn, name, null, StationRowState.Refused, refusal, ColumnOf(refusal));
    }

    /// <summary>The column a refusal names, else none.</summary>
    public static string? ColumnOf(Refusal refusal) => refusal.Code is "station.mn-taken" or "station.mn-twice" or "station.mn-retired"
        ? "mn"
        : refusal.Args.FirstOrDefault()?.ToString() is { } named && StationColumns.All.Any(column => column.Key == named) ? named : null;

    private static Result<StationDraft> Draft(IEnumerable<(string Key, TableCell Cell)> cells) =>
        StationReading.Draft(new JsonObject(cells.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)StationWords.Of(each.Key, each.Cell.Text)))));
}
