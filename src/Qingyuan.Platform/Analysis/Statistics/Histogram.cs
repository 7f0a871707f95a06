using Qingyuan.Platform.Analysis.Contracts;

namespace Qingyuan.Platform.Analysis.Statistics;

/// <summary>Bars of equal width with edges that people can read.</summary>
internal static class Histogram
{
    private static readonly double[] Nice = [1, 2, 2.5, 5, 10];

    /// <param name="values">In any order; finite.</param>
    /// <param name="most">About so many bars, never more than half as many again.</param>
    /// <returns>Empty when there are no values; one bar when all are equal.</returns>
    public static IReadOnlyList<Bar> Of(IReadOnlyCollection<double> values, int most = 30)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (values.Count == 0) return [];
        var (min, max) = (values.Min(), values.Max());
        if (min.Equals(max)) return [new(min, max, values.Count)];
        var width = NiceAbove((max - min) / most);
        var first = Math.Floor(min / width);
        var counts = new int[(int)(Math.Floor(max / width) - first) + 1];
        foreach (var value in values) counts[Math.Min(counts.Length - 1, (int)(Math.Floor(value / width) - first))]++;
        return [.. counts.Select((count, at) => new Bar((first + at) * width, (first + at + 1) * width, count))];
    }

    private static double NiceAbove(double width)
    {
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(width)));
        return Nice.First(nice => nice * magnitude >= width * 0.999999) * magnitude;
    }
}
