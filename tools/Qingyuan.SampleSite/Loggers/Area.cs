using System.Globalization;
using Qingyuan.SampleSite.Outlets;

namespace Qingyuan.SampleSite.Loggers;

/// <summary>Data areas (CP) of the periodic uploads.</summary>
internal static class Area
{
    /// <summary>2011: the moment's readings.</summary>
    public static string Realtime(Outlet outlet, DateTime wall)
    {
        var items = outlet.At(wall).Select(reading => outlet.Edition == 2005
            ? $"{reading.Factor}-Rtd={reading.Text(reading.Value)},{reading.Factor}-Flag={reading.Flag}"
            : (reading.SampleTime is { } sampled ? $"{reading.Factor}-SampleTime={Stamp(sampled)}," : "")
                + $"{reading.Factor}-Rtd={reading.Text(reading.Value)},"
                + (reading.Converted is { } converted ? $"{reading.Factor}-ZsRtd={reading.Text(converted)}," : "")
                + $"{reading.Factor}-Flag={reading.Flag}");
        return $"DataTime={Stamp(wall)};{string.Join(';', items)}";
    }

    /// <summary>2051, 2061, 2031: minimum, mean, maximum over the period that begins at <paramref name="start"/>.</summary>
    public static string Summary(Outlet outlet, DateTime start, TimeSpan period)
    {
        var moments = Moments(start, period);
        var readings = moments.Select(outlet.At).ToArray();
        // A cycle's result speaks for the hour in which its sampling began: by the end of that hour it is known.
        if (period == TimeSpan.FromHours(1)) readings = [.. readings.Select(row => Cycles(row, readings[^1]))];
        var items = readings[0].Select((first, index) => Item(first, [.. readings.Select(row => row[index])], period));
        return $"DataTime={Stamp(start)};{string.Join(';', items)}";
    }

    public static string Stamp(DateTime wall) => wall.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    private static IReadOnlyList<Measured> Cycles(IReadOnlyList<Measured> row, IReadOnlyList<Measured> atEnd) =>
        [.. row.Select((reading, index) => reading.SampleTime is null ? reading : atEnd[index])];

    /// <summary>Every ten seconds of a minute, every minute of longer periods.</summary>
    private static DateTime[] Moments(DateTime start, TimeSpan period)
    {
        var step = period <= TimeSpan.FromMinutes(1) ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(period <= TimeSpan.FromHours(1) ? 1 : 10);
        return [.. Enumerable.Range(0, (int)(period.Ticks / step.Ticks)).Select(index => start + (step * index))];
    }

    private static string Item(Measured first, Measured[] all, TimeSpan period)
    {
        var text = $"{first.Factor}-Min={first.Text(all.Min(row => row.Value))},{first.Factor}-Avg={first.Text(all.Average(row => row.Value))},{first.Factor}-Max={first.Text(all.Max(row => row.Value))}";
        if (first.Factor is "a00000" or "w00000" or "B01")
        {
            // m³ over the period: gas flow is m³/s, water flow L/s.
            var perSecond = all.Average(row => row.Value) / (first.Factor == "a00000" ? 1m : 1000m);
            text = $"{first.Factor}-Cou={first.Text(perSecond * (decimal)period.TotalSeconds)},{text}";
        }

        if (first.Converted is not null)
        {
            text += $",{first.Factor}-ZsMin={first.Text(all.Min(row => row.Converted!.Value))},{first.Factor}-ZsAvg={first.Text(all.Average(row => row.Converted!.Value))}"
                + $",{first.Factor}-ZsMax={first.Text(all.Max(row => row.Converted!.Value))}";
        }

        return $"{text},{first.Factor}-Flag={Mark(all)}";
    }

    /// <summary>Normal when three quarters are, as HJ 212-2017 asks of loggers; else the commonest other mark.</summary>
    private static string Mark(Measured[] all)
    {
        if (all.Count(row => row.Flag == "N") * 4 >= all.Length * 3) return "N";
        return all.Where(row => row.Flag != "N").GroupBy(row => row.Flag).MaxBy(group => group.Count())!.Key;
    }
}
