using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Statistics;

namespace Qingyuan.Platform.Tests.Analysis;

public class StatisticsTests
{
    [Fact]
    public void Quartiles_are_interpolated_between_neighbours()
    {
        var spread = Distribution.Of([7, 1, 3, 5])!;

        Assert.Equal((4, 1.0, 2.5, 4.0, 5.5, 7.0, 4.0), (spread.Count, spread.Min, spread.Lower, spread.Median, spread.Upper, spread.Max, spread.Mean));
        Assert.Equal(Math.Sqrt(20.0 / 3), spread.Deviation, 12);
        Assert.Equal(new Distribution(1, 2, 2, 2, 2, 2, 2, 0), Distribution.Of([2]));
        Assert.Null(Distribution.Of([]));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(-3.7, 4.2)]
    [InlineData(0.001, 0.0093)]
    [InlineData(99_999.5, 100_000.5)]
    public void Bars_hold_every_value_once_and_have_readable_edges(double from, double to)
    {
        double[] values = [.. Enumerable.Range(0, 1001).Select(step => from + ((to - from) * step / 1000))];

        var bars = Histogram.Of(values);

        Assert.Equal(1001, bars.Sum(bar => bar.Count));
        Assert.InRange(bars.Count, 10, 45);
        Assert.True(bars[0].From <= from && bars[^1].To >= to);
        foreach (var bar in bars)
        {
            // An edge that binary fractions cannot write may put a value that lies on it to either side.
            var within = values.Count(value => value >= bar.From && value < bar.To);
            Assert.InRange(bar.Count, within - 1, within + 1);
        }
    }

    [Fact]
    public void Equal_values_are_one_bar_and_none_are_no_bar()
    {
        Assert.Equal([new Bar(5, 5, 3)], Histogram.Of([5, 5, 5]));
        Assert.Empty(Histogram.Of([]));
    }

    [Fact]
    public void A_line_correlates_fully_a_constant_with_nothing()
    {
        Assert.Equal(1, Coefficient([(1, 2), (2, 4), (3, 6)])!.Value, 12);
        Assert.Equal(-1, Coefficient([(1, 6), (2, 4), (3, 2)])!.Value, 12);
        Assert.Equal(0, Coefficient([(1, 1), (2, 2), (3, 1)])!.Value, 12);
        Assert.Null(Coefficient([(1, 1), (2, 1), (3, 1)]));
        Assert.Null(Coefficient([(1, 1), (2, 2)]));
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(5, 3)] // every second of 0 to 4
    [InlineData(9, 3)] // every fourth of 0 to 8
    public void A_sample_is_even_however_many_come(int coming, int kept)
    {
        var sample = new EvenSample<int>(4);
        for (var item = 0; item < coming; item++) sample.Add(item);
        Assert.Equal(kept, sample.Kept.Count);
        Assert.Single(sample.Kept.Zip(sample.Kept.Skip(1), (one, next) => next - one).Distinct());
    }

    private static double? Coefficient(params (double X, double Y)[] pairs)
    {
        var sums = new PairSums();
        foreach (var (x, y) in pairs) sums.Add(x, y);
        return sums.Coefficient;
    }
}
