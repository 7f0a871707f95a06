using Qingyuan.Rules.Operations;

namespace Qingyuan.Rules.Tests.Operations;

public class FaultClocksTests
{
    private static readonly DateTimeOffset Friday = new(2026, 3, 6, 10, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    [Requirement("R-5.6.3-c1")]
    public void Not_every_order_has_every_clock()
    {
        Assert.Equal(["on-site", "simple-fault", "report-authority", "restore", "restore-48h"], Names(OrderKinds.SuspectedFault, null));
        Assert.Equal(["on-site", "data-unit", "report-authority", "restore", "restore-48h"], Names(OrderKinds.LinkDown, null));
        Assert.Equal(["on-site", "report-authority", "restore", "restore-48h"], Names(OrderKinds.SuspectedFault, "other"));
        Assert.Empty(Names(OrderKinds.Manual, null));
    }

    [Fact]
    public void Five_working_days_skip_the_weekend_and_holidays()
    {
        var restore = FaultClocks.Defaults.Single(rule => rule.Name == "restore");
        Assert.Equal(new(2026, 3, 14, 0, 0, 0, Friday.Offset), restore.DueAt(Friday, WorkCalendar.Plain));
        var holidays = new WorkCalendar(new HashSet<DateOnly> { new(2026, 3, 9) }, new HashSet<DateOnly> { new(2026, 3, 14) });
        Assert.Equal(new(2026, 3, 15, 0, 0, 0, Friday.Offset), restore.DueAt(Friday, holidays));
    }

    [Theory]
    [InlineData(191, null, ClockState.Running)]
    [InlineData(192, null, ClockState.NearlyDue)]
    [InlineData(239, null, ClockState.NearlyDue)]
    [InlineData(240, null, ClockState.Overdue)]
    [InlineData(900, 240, ClockState.Met)]
    [InlineData(900, 241, ClockState.Missed)]
    public void Four_hours_on_site(int minutes, int? stopped, ClockState expected) => Assert.Equal(
        expected,
        FaultClocks.StateAt(Friday, Friday.AddHours(4), stopped is { } at ? Friday.AddMinutes(at) : null, Friday.AddMinutes(minutes)));

    [Fact]
    public void Arriving_stops_the_first_clock_and_no_other()
    {
        var stopped = FaultClocks.Defaults.Where(rule => FaultClocks.IsStoppedBy(rule, OrderState.Arrived)).Select(rule => rule.Name);
        Assert.Equal(["on-site"], stopped);
    }

    private static IEnumerable<string> Names(string kind, string? faultClass) => FaultClocks.For(kind, faultClass, FaultClocks.Defaults).Select(rule => rule.Name);
}
