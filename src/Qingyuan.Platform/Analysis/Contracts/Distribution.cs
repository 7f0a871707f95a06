namespace Qingyuan.Platform.Analysis.Contracts;

/// <summary>How values are spread: what a box plot shows, and mean and deviation. For the eye: nothing is judged by it.</summary>
/// <param name="Count">How many.</param>
/// <param name="Lower">First quartile.</param>
/// <param name="Upper">Third quartile.</param>
/// <param name="Deviation">Standard deviation of the sample; 0 with fewer than two.</param>
public sealed record Distribution(int Count, double Min, double Lower, double Median, double Upper, double Max, double Mean, double Deviation)
{
    /// <summary>Quartiles by linear interpolation between order statistics (Hyndman and Fan 1996, type 7).</summary>
    /// <param name="values">In any order; finite.</param>
    /// <returns>Null when there are none.</returns>
    public static Distribution? Of(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var sorted = values.ToArray();
        if (sorted.Length == 0) return null;
        Array.Sort(sorted);
        var mean = sorted.Average();
        var deviation = sorted.Length < 2 ? 0 : Math.Sqrt(sorted.Sum(value => (value - mean) * (value - mean)) / (sorted.Length - 1));
        return new(sorted.Length, sorted[0], Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75), sorted[^1], mean, deviation);
    }

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
