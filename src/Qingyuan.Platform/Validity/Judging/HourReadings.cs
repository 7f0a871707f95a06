using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Twins;
using Qingyuan.Rules.Validity;
using Qingyuan.Rules.Validity.Hj356;
using Qingyuan.Rules.Validity.Hj75;

namespace Qingyuan.Platform.Validity.Judging;

/// <summary>What was reported for one hour (and, for water, around it), in the shapes the rules take.</summary>
internal sealed class HourReadings(
    TwinSettings settings, DateTime hour, IReadOnlyList<ReportedValues> realtime, IReadOnlyList<ReportedValues> minutes, IReadOnlyList<ReportedValues> hours)
{
    /// <summary>Filed factors, then others that were reported.</summary>
    public IReadOnlyList<string> Factors { get; } =
    [
        .. settings.Factors.Select(factor => factor.Code)
            .Union(realtime.Concat(minutes).Where(frame => frame.DataTime >= hour && frame.DataTime < hour.AddHours(1)).SelectMany(frame => frame.Values).Select(value => value.Factor), StringComparer.Ordinal),
    ];

    public static async Task<HourReadings> ReadAsync(ITelemetryReader reader, int stationNo, TwinSettings settings, DateTime hour, CancellationToken ct)
    {
        // A water result may be shown long after its sampling, and stands until the next one.
        var around = settings.Medium is Medium.Water ? settings.Factors.Max(factor => factor.Cycle) ?? TimeSpan.Zero : TimeSpan.Zero;
        var (from, to) = (hour - around, hour.AddHours(1) + around);
        return new(
            settings, hour,
            await reader.ReadAllAsync(stationNo, Resolution.Realtime, from, to, ct),
            await reader.ReadAllAsync(stationNo, Resolution.Minute, from, to, ct),
            await reader.ReadAllAsync(stationNo, Resolution.Hour, hour, hour.AddHours(1), ct));
    }

    /// <summary>The logger's own hourly mean.</summary>
    public decimal? Reported(string factor)
    {
        foreach (var (_, value) in Of(hours, factor, "Avg")) return WireNumber.Parse(value.Text)?.Value;
        return null;
    }

    /// <summary>Minute data as sent; minutes without them are derived from their real-time values.</summary>
    public IReadOnlyList<MinuteReading> Minutes(string factor)
    {
        var found = new MinuteReading?[60];
        var length = Math.Max(1, (int)settings.MinuteInterval.TotalMinutes);
        foreach (var (at, value) in Of(minutes, factor, "Avg"))
            for (var minute = at.Minute; minute < at.Minute + length && minute < 60; minute++)
                found[minute] ??= new(minute, WireNumber.Parse(value.Text)?.Value, DataMarks.Read(value.Flag, settings.Flags));
        foreach (var group in Of(realtime, factor, "Rtd").Where(each => found[each.At.Minute] is null).ToArray().GroupBy(each => each.At.Minute))
            found[group.Key] = MinuteFromRealtime.Derive(group.Key, [.. group.Select(each => (WireNumber.Parse(each.Value.Text)?.Value, DataMarks.Read(each.Value.Flag, settings.Flags)))]);
        return [.. found.OfType<MinuteReading>()];
    }

    /// <summary>Readings of a water factor: real-time and minute data together, also of the time around the hour.</summary>
    public IReadOnlyList<WaterReading> Water(string factor) => [.. All(realtime, factor, "Rtd").Concat(All(minutes, factor, "Avg")).Select(Reading)];

    /// <summary>Readings in the hour alone; minute data only where no real-time values came.</summary>
    public IReadOnlyList<WaterReading> WaterInHour(string factor)
    {
        var own = Of(realtime, factor, "Rtd").ToArray();
        return [.. (own.Length > 0 ? own : [.. Of(minutes, factor, "Avg")]).Select(Reading)];
    }

    /// <summary>Did water flow in the hour? Null when no flow was reported.</summary>
    public bool? Discharged()
    {
        var flow = WaterInHour(FactorCodes.WaterFlow);
        return flow.Any(reading => reading.Value is not null) ? flow.Any(reading => reading.Value > 0m) : null;
    }

    private WaterReading Reading((DateTime At, ReportedValue Value) each) =>
        new(each.At, each.Value.SampleTime, WireNumber.Parse(each.Value.Text)?.Value, DataMarks.Read(each.Value.Flag, settings.Flags));

    private IEnumerable<(DateTime At, ReportedValue Value)> Of(IReadOnlyList<ReportedValues> frames, string factor, string quantity) =>
        All(frames, factor, quantity).Where(each => each.At >= hour && each.At < hour.AddHours(1));

    private static IEnumerable<(DateTime At, ReportedValue Value)> All(IReadOnlyList<ReportedValues> frames, string factor, string quantity) =>
        from frame in frames
        from value in frame.Values
        where value.Factor == factor && value.Quantity == quantity
        select (frame.DataTime, value);
}
