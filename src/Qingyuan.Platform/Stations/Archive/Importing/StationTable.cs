using System.Globalization;
using System.Text.Json.Nodes;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Tables;
using Qingyuan.Platform.Shared.Texts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Stations.Archive.Importing;

/// <summary>Tables of stations: read, held against the archive, filed.</summary>
internal sealed class StationTable(StationArchive archive, IDatabase database, IElectronicLedger ledger, TimeProvider clock) : IStationTable
{
    private const int MostTitles = 5;

    public IReadOnlyList<TableColumn> Columns => StationColumns.All;

    public string Hint(string key) => HintIn(key, null);

    public string? Why(StationTableRow row) => row switch
    {
        { Fault: null } => null,
        { Fault.Code: "station.field-missing", Column: not null } => StationEndpoints.Texts.Say("station.cell-missing"),
        { Fault.Code: "station.field-invalid", Column: { } column } when Hint(column) is { Length: > 0 } hint => Said("station.cell-invalid", hint),
        { Fault: { } fault } => Said(fault.Code, [.. fault.Args]),
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
        var filed = new Queue<Result<StationInfo>>(await archive.AddAllAsync([.. review.Rows.Where(row => row.State is StationRowState.New).Select(row => row.Draft!)], actor, ct));
        var rows = review.Rows.Select(row => row.State is not StationRowState.New ? row : filed.Dequeue().TryGet(out _, out var refusal) ? row with { State = StationRowState.Filed } : Refused(row, refusal)).ToList();
        var mns = review.Rows.Zip(rows).Where(pair => pair.First.State is StationRowState.New && pair.Second.State is StationRowState.Filed).Select(pair => pair.Second.Mn).ToList();
        if (mns.Count > 0) await RecordAsync(review, mns, actor, ct);
        return review with { Rows = rows };
    }

    public byte[]? Template(string format) => TableTemplate.Write(Columns, format, column => HintIn(column.Key, CultureInfo.GetCultureInfo("zh-CN")));

    private static string HintIn(string key, CultureInfo? culture) => StationEndpoints.Texts.Say("column.hint." + key, culture);

    private static Result<(List<StationTableRow> Rows, IReadOnlyList<string> Ignored)> Read(UploadedFile file)
    {
        using var content = file.Open();
        var (rows, seen, titles) = (new List<StationTableRow>(), new Dictionary<string, int>(StringComparer.Ordinal), 0);
        StationRowReader? reader = null;
        foreach (var row in TableFile.Read(content, file.Name, new() { Rows = IStationTable.MostRows }))
        {
            if (row.IsEmpty) continue;
            if (reader is not null) rows.Add(Once(reader.Read(row), seen));
            else if (row.Cells.Count(cell => cell.Text.Length > 0) is not 1 || ++titles > MostTitles) // a title over the table, which people like to have
            {
                if (!TableHeading.Read(row, StationColumns.All).TryGet(out var heading, out var refusal)) return refusal;
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

    private Task<Guid> RecordAsync(StationTableReview review, List<string> mns, Actor actor, CancellationToken ct) => database.WriteAsync(
        (db, _) => Task.FromResult(ledger.Record(db, new("station.import", $"file:{review.Sha256}", null, null, actor, clock.GetUtcNow(), new JsonObject
        {
            ["file"] = review.FileName, ["sha256"] = review.Sha256, ["rows"] = Text(review.Rows.Count), ["filed"] = Text(mns.Count), ["mns"] = new JsonArray([.. mns.Select(mn => (JsonNode?)mn)]),
        }))),
        ct);

    private static string Said(string code, params object?[] args) => Sentences.Fill(
        StationEndpoints.Texts.Say(code), args.Select((arg, place) => (arg, place)).ToDictionary(each => Text(each.place), each => Convert.ToString(each.arg, CultureInfo.CurrentCulture) ?? ""));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
