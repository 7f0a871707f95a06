using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Twin;

internal static class TwinEndpoints
{
    public sealed record FactorJson(
        string Factor, string Name, string Liveness, string? Value, string? Converted, string Unit, string? Flag, DateTimeOffset? SampledAt, DateTimeOffset? ReceivedAt, string Verdict, string? FrameId);

    public sealed record AnalyserJson(string Name, string Liveness, string? State, IReadOnlyList<string> Factors);

    public sealed record MarkJson(string Mark, IReadOnlyList<string> Factors, DateTimeOffset From, string Source);

    public sealed record StateJson(
        string Mn, DateTimeOffset AsOf, string Link, string Logger, string? ClockSkewSeconds, string? Remote, DateTimeOffset? LastHeardAt,
        IReadOnlyList<AnalyserJson> Analysers, IReadOnlyList<FactorJson> Factors, IReadOnlyDictionary<string, string> DeviceStates, IReadOnlyList<MarkJson> Marks);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/stations/{mn}/state", StateAsync)
        .RequireAuthorization(Policies.ReadBusiness).WithTags("stations").WithSummary("Liveness of link, logger, each analyser and factor; device states; open draft marks");

    private static async Task<Results<Ok<StateJson>, ProblemHttpResult>> StateAsync(string mn, IStationDirectory stations, ICurrentActor current, IStationTwins twins)
    {
        if (stations.Find(mn) is not { } station || current.StationScope?.Contains(station.StationNo) is false) return Problems.NotFound("station.not-found");
        return TypedResults.Ok(Json(station, await twins.Of(station.StationNo).SnapshotAsync()));
    }

    private static StateJson Json(StationInfo station, StationSnapshot now) => new(
        station.Mn, Local(now.AsOf), Word(now.Link), Word(now.Logger), now.ClockSkewSeconds?.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture), now.Remote,
        now.LastHeardAt is { } heard ? Local(heard) : null,
        [.. now.Analysers.Select(each => new AnalyserJson(each.Name, Word(each.Liveness), each.State, each.Factors))],
        [.. now.Factors.Select(each => Factor(station, each))],
        now.DeviceStates,
        [.. now.Marks.Select(each => new MarkJson(each.Mark, each.Factors, StationClock.Instant(each.From), each.Source))]);

    private static FactorJson Factor(StationInfo station, FactorState state)
    {
        var filed = station.Factors.FirstOrDefault(factor => factor.Code == state.Factor);
        return new(
            state.Factor, filed?.NameZh ?? state.Factor, Word(state.Liveness), state.Text, state.Converted, filed?.Unit ?? "", state.Flag,
            state.SampledAt is { } sampled ? StationClock.Instant(sampled) : null, state.ReceivedAt is { } received ? Local(received) : null, state.Verdict, state.FrameId);
    }

    private static DateTimeOffset Local(DateTimeOffset at) => at.ToOffset(StationClock.Offset);

    private static string Word(Liveness liveness) => liveness.ToString().ToLowerInvariant();
}
