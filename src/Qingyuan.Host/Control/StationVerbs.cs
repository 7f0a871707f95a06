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
        (await FileAsync(services, args, ct)).TryGet(out var station, out var refusal) ? ControlAnswer.Done(Line(station)) : SecurityVerbs.Refuse(refusal);

    /// <summary>All or nothing is decided per row: good rows are filed, bad ones are named by the cell that is wrong.</summary>
    public static async Task<ControlAnswer> ImportAsync(IServiceProvider services, JsonObject args, CancellationToken ct)
    {
        var (lines, bad) = (new List<string>(), new List<string>());
        foreach (var row in (args["rows"]?.AsArray() ?? []).OfType<JsonObject>())
        {
            if ((await FileAsync(services, row["station"]!.AsObject(), ct)).TryGet(out var station, out var refusal)) lines.Add(Line(station));
            else bad.Add($"{Place(row, refusal)}: {SecurityVerbs.Refuse(refusal).Error}");
        }

        return new(bad.Count is 0 ? Commands.Exit.Done : Commands.Exit.WrongUse, lines, bad.Count is 0 ? null : string.Join('\n', bad));
    }

    private static async Task<Result<StationInfo>> FileAsync(IServiceProvider services, JsonObject json, CancellationToken ct) =>
        StationReading.Draft(json).TryGet(out var draft, out var malformed)
            ? await services.GetRequiredService<IStationArchive>().AddAsync(draft, SecurityVerbs.Caller(services), ct)
            : malformed;

    private static string Line(StationInfo station) => JsonSerializer.Serialize(StationJson.From(station), ApiJson.Options);

    /// <summary>The cell of the member the refusal names; what is missing has no cell, only its row.</summary>
    private static string Place(JsonObject row, Refusal refusal)
    {
        var member = refusal.Code is "station.mn-taken" ? "mn" : refusal.Args.FirstOrDefault()?.ToString() ?? "";
        return row["cells"]?[member]?.ToString() ?? $"row {row["row"]}";
    }
}
