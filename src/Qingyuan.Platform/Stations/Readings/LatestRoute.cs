using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Stations.Readings;

/// <summary><c>GET /stations/{mn}/latest</c>: stored values, with what the twin makes of them now.</summary>
internal static class LatestRoute
{
    public static async Task<Results<Ok<LatestJson>, ProblemHttpResult>> GetAsync(
        string mn, ITelemetryReader reader, IStationDirectory stations, ILiveFeed live, ICurrentActor current, CancellationToken ct)
    {
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        var values = await reader.LatestAsync(station.StationNo, ct);
        var snapshot = live.Latest(station.StationNo);
        var data = values.GroupBy(value => value.Factor).Select(factor => Value(factor, station, snapshot)).OfType<LatestValueJson>().OrderBy(value => Place(station, value.Factor));
        return TypedResults.Ok(new LatestJson(station.Mn, snapshot?.Link ?? Liveness.Unknown, [.. data]));
    }

    /// <summary>Null for a factor that never sent a plain value.</summary>
    private static LatestValueJson? Value(IGrouping<string, LatestValue> quantities, StationInfo station, StationSnapshot? snapshot)
    {
        if (quantities.FirstOrDefault(quantity => quantity.Quantity == "Rtd") is not { } value) return null;
        var filed = station.Factor(value.Factor);
        var converted = quantities.FirstOrDefault(quantity => quantity.Quantity == "ZsRtd" && quantity.SampledAt == value.SampledAt)?.Text;
        var state = snapshot?.Factors.FirstOrDefault(factor => factor.Factor == value.Factor);
        return new(
            value.Factor, filed?.NameZh ?? value.Factor, filed?.NameEn, value.Text, filed?.Unit, converted ?? state?.Converted, value.Flag, value.SampledAt, value.ReceivedAt,
            state?.Verdict, value.Frame.ToString());
    }

    private static int Place(StationInfo station, string factor)
    {
        for (var i = 0; i < station.Factors.Count; i++)
            if (station.Factors[i].Code == factor) return i;
        return int.MaxValue;
    }
}
