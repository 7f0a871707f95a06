using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Validity.Hj75;

/// <summary>A minute derived from the real-time values in it, for loggers that send no minute data.</summary>
[Clause("HJ 75-2017", "5", Certainty = "FROM-MEMORY")]
public static class MinuteFromRealtime
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("MINUTE-FROM-REALTIME", "1");

    /// <summary>The minute's state is that of most of its values (a tie goes against normal); its value is the mean of the values in that state.</summary>
    public static MinuteReading Derive(int minute, IReadOnlyList<(decimal? Value, DataState State)> samples)
    {
        if (samples.Count == 0) return new(minute, null, DataState.NoData);
        var state = samples.GroupBy(sample => sample.State).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).First().Key;
        decimal sum = 0;
        var count = 0;
        foreach (var (value, own) in samples)
        {
            if (own != state || value is not { } number) continue;
            sum += number;
            count++;
        }

        return new(minute, count == 0 ? null : sum / count, state);
    }
}
