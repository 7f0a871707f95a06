using System.Globalization;
using Qingyuan.Rules.Twins;

namespace Qingyuan.Rules.Tests.Twins;

/// <summary>Thousands of contradicting and late values: the work of a turn does not grow with what came before.</summary>
public class FloodTests
{
    private const int Many = 5000;

    [Fact]
    public void Contradicting_values_of_one_minute_leave_no_more_behind_than_one()
    {
        var bench = new TwinBench(TwinBench.Gas());
        for (var i = 0; i < Many; i++) bench.Send(TwinBench.Start, TwinBench.Start.AddSeconds(1), ("a21002", (20m + (i * 0.001m)).ToString(CultureInfo.InvariantCulture), "N"), ("a19001", "16.00", "N"));
        Assert.Empty(bench.Effects);
        Assert.Single(bench.State.PendingHours);
        Assert.All(bench.State.Factors.Values, factor => Assert.InRange(factor.Trail.Points.Length, 0, 40));
    }

    [Fact]
    public void Late_values_of_thousands_of_hours_are_judged_a_few_at_each_tick_and_all_in_the_end()
    {
        var bench = new TwinBench(TwinBench.Gas());
        for (var i = 1; i <= Many; i++) bench.Send(TwinBench.Start.AddHours(-i), TwinBench.Start, ("a21002", "20.0", "N"));
        Assert.Equal(Many, bench.State.PendingHours.Count + bench.Effects.OfType<HourDue>().Count());
        var now = TwinBench.Start.AddMinutes(10);
        while (bench.State.PendingHours.Count > 0)
        {
            var before = bench.Effects.Count;
            bench.Tick(now = now.AddSeconds(10));
            Assert.InRange(bench.Effects.OfType<HourDue>().Count() - bench.Effects.Take(before).OfType<HourDue>().Count(), 1, 48);
        }

        Assert.Equal(Many, bench.Effects.OfType<HourDue>().Select(due => due.Start).Distinct().Count());
    }
}
