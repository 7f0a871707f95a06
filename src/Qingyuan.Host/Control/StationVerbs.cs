using System.Text.Json;
using System.Text.Json.Nodes;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Archive;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Host.Control;

/// <summary>The archive from the command line.</summary>
internal static class StationVerbs
{
    public static async Task<ControlAnswer> AddAsync(IServiceProvider services, JsonObject args, CancellationToken ct) =>
        (await FileAsync(services, [args], ct))[0].TryGet(out var station, out var refusal) ? ControlAnswer.Done(Line(station)) : services.Refuse(refusal);

    /// <summary>All or nothing is decided per row: good rows are filed, bad ones are named by the cell that is wrong.</summary>
    public static async Task<ControlAnswer> ImportAsync(IServiceProvider services, JsonObject args, CancellationToken ct)
    {
        var (lines, bad) = (new List<string>(), new List<string>());
        JsonObject[] rows = [.. (args["rows"]?.AsArray() ?? []).OfType<JsonObject>()];
        var filed = await FileAsync(services, [.. rows.Select(row => row["station"]!.AsObject())], ct);
        foreach (var (row, result) in rows.Zip(filed))
        {
            if (result.TryGet(out var station, out var refusal)) lines.Add(Line(station));
            else bad.Add($"{Place(row, refusal)}: {services.Refuse(refusal).Error}");
        }

        return new(bad.Count is 0 ? Commands.Exit.Done : Commands.Exit.WrongUse, lines, bad.Count is 0 ? null : string.Join('\n', bad));
    }

    private static async Task<IReadOnlyList<Result<StationInfo>>> FileAsync(IServiceProvider services, IReadOnlyList<JsonObject> json, CancellationToken ct)
    {
        var read = json.Select(StationReading.Draft).ToArray();
        var drafts = read.Where(draft => draft.IsOk).Select(draft => draft.Value).ToArray();
        var filed = new Queue<Result<StationInfo>>(await services.GetRequiredService<IStationArchive>().AddAllAsync(drafts, SecurityVerbs.Caller(services), ct));
        return [.. read.Select(draft => draft.TryGet(out _, out var malformed) ? filed.Dequeue() : malformed)];
    }

    private static string Line(StationInfo station) => JsonSerializer.Serialize(StationJson.From(station), ApiJson.Options);

    /// <summary>The cell of the member the refusal names; what is missing has no cell, only its row.</summary>
    private static string Place(JsonObject row, Refusal refusal)
    {
        var member = refusal.Code is "station.mn-taken" or "station.mn-retired" ? "mn" : refusal.Args.FirstOrDefault()?.ToString() ?? "";
        return row["cells"]?[member]?.ToString() ?? $"row {row["row"]}";
    }
}
