using System.Text.Json;
using System.Text.Json.Nodes;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Archive;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Host.Control;

/// <summary>The archive from the command line.</summary>
internal static class StationVerbs
{
    public static async Task<ControlAnswer> AddAsync(IServiceProvider services, JsonObject args, CancellationToken ct)
    {
        if (!StationReading.Draft(args).TryGet(out var draft, out var malformed)) return SecurityVerbs.Refuse(malformed);
        var result = await services.GetRequiredService<IStationArchive>().AddAsync(draft, SecurityVerbs.Caller(services), ct);
        return result.TryGet(out var station, out var refusal)
            ? ControlAnswer.Done(JsonSerializer.Serialize(StationJson.From(station), ApiJson.Options))
            : SecurityVerbs.Refuse(refusal);
    }

    /// <summary>All or nothing is decided per row: good rows are filed, bad ones are named.</summary>
    public static async Task<ControlAnswer> ImportAsync(IServiceProvider services, JsonObject args, CancellationToken ct)
    {
        var rows = args["rows"]?.AsArray() ?? [];
        var (lines, bad) = (new List<string>(), new List<string>());
        foreach (var row in rows.OfType<JsonObject>())
        {
            var at = row["row"]?.ToString();
            row.Remove("row");
            var answer = await AddAsync(services, row, ct);
            lines.AddRange(answer.Lines);
            if (answer.Error is not null) bad.Add($"row {at}: {answer.Error}");
        }

        return new(bad.Count is 0 ? Commands.Exit.Done : Commands.Exit.WrongUse, lines, bad.Count is 0 ? null : string.Join('\n', bad));
    }
}
