using System.Globalization;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Tables;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Stations.Archive.Importing;

/// <summary>Tables of stations: read, held against the archive, filed.</summary>
internal sealed class StationTable(StationArchive archive, StationImports imports) : IStationTable
{
    public IReadOnlyList<TableColumn> Columns => StationColumns.All;

    public string Hint(string key) => HintIn(key, null);

    public string? Why(StationTableRow row) => row switch
    {
        { Fault: null } => null,
        { Fault.Code: "station.field-missing", Column: not null } => StationTexts.All.Say("station.cell-missing"),
        { Fault.Code: "station.field-invalid", Column: { } column } when Hint(column) is { Length: > 0 } hint => StationTexts.Say(new("station.cell-invalid", hint)),
        { Fault: { } fault } => StationTexts.Say(fault),
    };

    public async Task<Result<StationTableReview>> ReviewAsync(string fileName, Stream content, CancellationToken ct)
    {
        if (!(await UploadedFile.ReadAsync(fileName, content, IStationTable.LargestFile, ct)).TryGet(out var file, out var refusal)) return refusal;
        try
        {
            if (!Read(file).TryGet(out var table, out refusal)) return refusal;
            if (table.Rows.Count is 0) return new Refusal("import.no-rows", fileName);
            return new StationTableReview(file.Name, file.Sha256, await HeldAgainstAsync(table.Rows, ct), table.Ignored);
        }
        catch (TableException error)
        {
            return error.Refusal;
        }
    }

    public async Task<StationTableReview> FileAsync(StationTableReview review, Actor actor, CancellationToken ct)
    {
        var drafts = review.Rows.Where(row => row.State is StationRowState.New).Select(row => row.Draft!).ToList();
        if (drafts.Count is 0) return review;
        var import = await imports.BeginAsync(review, drafts, actor, ct);
        var filed = new Queue<Result<StationInfo>>(await archive.AddAllAsync(drafts, import, actor, ct));
        return review with { Rows = [.. review.Rows.Select(row => row.State is not StationRowState.New ? row : filed.Dequeue().TryGet(out _, out var refusal) ? row with { State = StationRowState.Filed } : Refused(row, refusal))] };
    }

    public byte[]? Template(string format) => TableTemplate.Write(Columns, format, column => HintIn(column.Key, CultureInfo.GetCultureInfo("zh-CN")));

    private static string HintIn(string key, CultureInfo? culture) => StationTexts.All.Say("column.hint." + key, culture);

    private static Result<(List<StationTableRow> Rows, IReadOnlyList<string> Ignored)> Read(UploadedFile file)
    {
        using var content = file.Open();
        var (rows, seen, search) = (new List<StationTableRow>(), new Dictionary<string, int>(StringComparer.Ordinal), new HeadingSearch(StationColumns.All));
        StationRowReader? reader = null;
        foreach (var row in TableFile.Read(content, file.Name, new() { Rows = IStationTable.MostRows }))
        {
            if (row.IsEmpty) continue;
            if (reader is not null) rows.Add(Once(reader.Read(row), seen));
            else if (search.Look(row) is { } found)
            {
                if (!found.TryGet(out var heading, out var refusal)) return refusal;
                reader = new(heading);
            }
        }

        return (rows, reader?.Ignored ?? []);
    }

    private static StationTableRow Once(StationTableRow row, Dictionary<string, int> seen) =>
        row.Mn.Length is 0 || seen.TryAdd(row.Mn, row.Row) ? row : Refused(row, new("station.mn-twice", row.Mn, seen[row.Mn]));

    private async Task<List<StationTableRow>> HeldAgainstAsync(List<StationTableRow> rows, CancellationToken ct)
    {
        var looked = new Queue<Result<bool>>(await archive.LookAsync([.. rows.Where(row => row.State is StationRowState.New).Select(row => row.Draft!)], ct));
        return [.. rows.Select(row => row.State is not StationRowState.New ? row : looked.Dequeue().TryGet(out var isFiled, out var refusal) ? row with { State = isFiled ? StationRowState.Filed : StationRowState.New } : Refused(row, refusal))];
    }

    private static StationTableRow Refused(StationTableRow row, Refusal refusal) => row with { State = StationRowState.Refused, Fault = refusal, Column = StationRowReader.ColumnOf(refusal) };

}
