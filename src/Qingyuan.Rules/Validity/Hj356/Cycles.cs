using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Validity.Hj356;

/// <summary>Finds the measurements behind the repeated readings: a COD analyser shows its last result for one to two hours.</summary>
[Clause("HJ 355-2019", "6", Certainty = "FROM-MEMORY")]
public static class Cycles
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("WATER-CYCLES", "1");

    /// <summary>One result a distinct sampling time; where no sampling times are sent, the last reading of each cycle window counted from midnight.</summary>
    /// <param name="readings">Any order.</param>
    /// <param name="cycle">The analyser's measuring cycle, more than zero.</param>
    public static IReadOnlyList<CycleResult> Results(IEnumerable<WaterReading> readings, TimeSpan cycle) =>
        [.. readings.GroupBy(reading => reading.SampledAt ?? Window(reading.At, cycle)).OrderBy(group => group.Key).Select(Newest)];

    private static CycleResult Newest(IGrouping<DateTime, WaterReading> group)
    {
        var newest = group.MaxBy(reading => reading.At);
        return new(group.Key, newest.Value, newest.State);
    }

    private static DateTime Window(DateTime at, TimeSpan cycle) => at.Date + TimeSpan.FromTicks((at - at.Date).Ticks / cycle.Ticks * cycle.Ticks);
}
