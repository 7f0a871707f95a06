using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Console.Stations;

/// <summary>The rows of the value table: every factor the station has, in its own order, heard of or not.</summary>
internal static class LiveRows
{
    /// <summary>From the live snapshot; what the store knows fills in before the station was first heard on this node.</summary>
    public static IReadOnlyList<FactorState> Of(StationInfo station, StationSnapshot? snapshot, IReadOnlyList<LatestValue> stored)
    {
        var live = snapshot?.Factors.ToDictionary(factor => factor.Factor) ?? [];
        var known = stored.ToLookup(value => value.Factor);
        return [.. Order(station, live.Keys.Concat(known.Select(group => group.Key)))
            .Select(code => live.TryGetValue(code, out var state) ? state : FromStored(code, known[code]))];
    }

    /// <summary>From stored readings: the newest of each factor.</summary>
    public static IReadOnlyList<FactorState> Of(StationInfo station, IReadOnlyList<ReportedValues> readings)
    {
        var newest = new Dictionary<string, FactorState>();
        foreach (var reading in readings.OrderBy(reading => reading.DataTime))
            foreach (var group in reading.Values.GroupBy(value => value.Factor))
                newest[group.Key] = FromReading(reading, group.Key, [.. group]);
        return [.. Order(station, newest.Keys).Select(code => newest.GetValueOrDefault(code) ?? Unheard(code))];
    }

    private static IEnumerable<string> Order(StationInfo station, IEnumerable<string> heard) =>
        station.Factors.Select(factor => factor.Code).Concat(heard.Order(StringComparer.Ordinal)).Distinct();

    private static FactorState FromStored(string code, IEnumerable<LatestValue> values)
    {
        var all = values.ToList();
        if (all.Find(value => value.Quantity is "Rtd") is not { } measured) return Unheard(code);
        return Unheard(code) with
        {
            Text = measured.Text, Converted = all.Find(value => value.Quantity is "ZsRtd")?.Text, Flag = measured.Flag,
            SampledAt = measured.SampledAt, ReceivedAt = measured.ReceivedAt, FrameId = measured.Frame.ToString(),
        };
    }

    private static FactorState FromReading(ReportedValues reading, string code, IReadOnlyList<ReportedValue> values)
    {
        var (own, atReference) = reading.Resolution is Resolution.Realtime ? ("Rtd", "ZsRtd") : ("Avg", "ZsAvg");
        var measured = values.FirstOrDefault(value => value.Quantity == own);
        var converted = values.FirstOrDefault(value => value.Quantity == atReference);
        return Unheard(code) with
        {
            Text = measured.Text, Converted = converted.Text, Flag = measured.Flag, SampledAt = reading.DataTime,
            ReceivedAt = reading.ReceivedAt, FrameId = reading.Frame.ToString(),
        };
    }

    private static FactorState Unheard(string code) => new(code, Liveness.Unknown, null, null, null, null, null, "", null);
}
