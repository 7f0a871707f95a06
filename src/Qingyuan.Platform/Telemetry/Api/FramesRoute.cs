using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Frames;

namespace Qingyuan.Platform.Telemetry.Api;

/// <summary>What <c>GET /frames</c> may be asked; everything is optional.</summary>
internal sealed record FramesQuery
{
    public string? Mn { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? Verdict { get; init; }

    public int? Limit { get; init; }

    public string? After { get; init; }
}

internal static class FramesRoute
{
    private const int UsualLimit = 100;
    private const int HighestLimit = 1000;

    // A caller of few stations reads past many frames of others; after this many he gets what was found and asks again.
    private const int MostPassedOver = 50_000;

    public static async Task<Results<Ok<Page<FrameJson>>, ProblemHttpResult>> ListAsync(
        [AsParameters] FramesQuery asked, IFrameReader frames, ICurrentActor current, CancellationToken ct)
    {
        if (Understand(asked, out var query) is { } problem) return problem;
        if (current.StationScope is not { } scope)
        {
            var page = await frames.ListAsync(query, ct);
            return TypedResults.Ok(new Page<FrameJson>([.. page.Items.Select(FrameJson.From)], page.Next));
        }

        return TypedResults.Ok(await InScopeAsync(query, frames, scope, ct));
    }

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetAsync(string id, IFrameReader frames, ICurrentActor current, CancellationToken ct)
    {
        if (!FrameId.TryParse(id, out var place)) return Problems.Field("id", Faults.FrameId);
        try
        {
            var frame = await frames.FindAsync(place, ct);
            if (frame is null || !InSight(frame, current.StationScope)) return Problems.NotFound("frame.not-found");
            return TypedResults.Bytes(frame.Bytes, "application/octet-stream");
        }
        catch (BatchCorruptException)
        {
            return Problems.Of(StatusCodes.Status500InternalServerError, "frame.damaged"); // said in the log, too
        }
    }

    private static async Task<Page<FrameJson>> InScopeAsync(FrameQuery query, IFrameReader frames, IReadOnlySet<int> scope, CancellationToken ct)
    {
        var found = new List<FrameJson>();
        for (var passed = 0; ;)
        {
            var page = await frames.ListAsync(query with { Limit = HighestLimit }, ct);
            foreach (var frame in page.Items)
            {
                if (!InSight(frame, scope)) continue;
                found.Add(FrameJson.From(frame));
                if (found.Count == query.Limit) return new(found, FrameCursor.Of(frame).ToString());
            }

            passed += page.Items.Count;
            if (page.Next is null || passed >= MostPassedOver) return new(found, page.Next);
            query = query with { After = page.Next };
        }
    }

    private static bool InSight(StoredFrame frame, IReadOnlySet<int>? scope) => scope is null || scope.Contains(frame.Arrival.StationNo);

    private static ProblemHttpResult? Understand(FramesQuery asked, out FrameQuery query)
    {
        query = null!;
        if (!QueryTime.TryParse(asked.From, out var from)) return Problems.Field("from", Faults.Time);
        if (!QueryTime.TryParse(asked.To, out var to)) return Problems.Field("to", Faults.Time);
        if (from >= to) return Problems.Field("to", Faults.LaterThanFrom);
        if (asked.Limit is < 1) return Problems.Field("limit", Faults.AtLeast(1));
        if (asked.After is { } after && !FrameCursor.TryParse(after, out _)) return Problems.Field("after", Faults.Page);
        FrameVerdict? only = null;
        if (asked.Verdict is { } verdict)
        {
            if (!s_verdicts.TryGetValue(verdict, out var named)) return Problems.Field("verdict", Faults.OneOf(s_verdicts.Keys));
            only = named;
        }

        query = new(asked.Mn, from, to, only, Math.Min(asked.Limit ?? UsualLimit, HighestLimit), asked.After);
        return null;
    }

    private static readonly Dictionary<string, FrameVerdict> s_verdicts = Enum.GetValues<FrameVerdict>()
        .ToDictionary(verdict => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.ToString()), StringComparer.Ordinal);
}
