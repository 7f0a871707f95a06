using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Peers;
using static Qingyuan.Platform.Tests.Alarms.AlarmBench;

namespace Qingyuan.Platform.Tests.Alarms;

/// <summary>Which alarms and orders belong to a period: all that were there within, whenever they began.</summary>
public class PeriodTests
{
    private static readonly DateTime Day = StationClock.Wall(Start).Date;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task An_alarm_belongs_to_each_day_on_which_its_cause_was_present(Engine engine)
    {
        await using var bench = await OpenAsync(engine);
        await RaiseAsync(bench, "over-at-midnight", Day.AddDays(-2), Day.AddDays(-1));
        await RaiseAsync(bench, "of-one-hour", Day.AddDays(-1).AddHours(5), Day.AddDays(-1).AddHours(6));
        await RaiseAsync(bench, "still-open", Day.AddDays(-3), null);
        await RaiseAsync(bench, "of-the-next-midnight", Day, null);
        await RaiseAsync(bench, "of-two-days-ago", Day.AddDays(-2), Day.AddDays(-2).AddHours(1));

        Assert.Equal(["of-one-hour", "over-at-midnight", "still-open"], await CausesAsync(bench, Day.AddDays(-1), Day));
        Assert.Equal(["of-the-next-midnight", "still-open"], await CausesAsync(bench, Day, Day.AddDays(1)));
        Assert.Equal(["of-the-next-midnight", "still-open"], await CausesAsync(bench, Day, null));
        Assert.Equal(["still-open"], await CausesAsync(bench, null, Day.AddDays(-2)));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task One_that_a_person_cleared_counts_until_then(Engine engine)
    {
        await using var bench = await OpenAsync(engine);
        await RaiseAsync(bench, "cleared", Day.AddDays(-3), null);
        Assert.True((await bench.Desk.ClearAsync(Assert.Single(await bench.AlarmsAsync()).Id, "误报", Officer, Token)).IsOk);

        Assert.Equal(["cleared"], await CausesAsync(bench, StationClock.Wall(Start), null));
        Assert.Empty(await CausesAsync(bench, StationClock.Wall(Start).AddSeconds(1), null));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Of_a_period_many_pages_are_only_its_own(Engine engine)
    {
        await using var bench = await OpenAsync(engine);
        for (var n = 0; n < 5; n++) await RaiseAsync(bench, "in-" + n, Day.AddHours(n), null);
        for (var n = 0; n < 5; n++) await RaiseAsync(bench, "before-" + n, Day.AddDays(-2), Day.AddDays(-1));

        var first = await bench.Desk.ListAsync(new(Limit: 3, From: Day, To: Day.AddDays(1)), null, Token);
        var second = await bench.Desk.ListAsync(new(Limit: 3, After: first.Next, From: Day, To: Day.AddDays(1)), null, Token);

        Assert.Equal((3, 2), (first.Items.Count, second.Items.Count));
        Assert.Null(second.Next);
        Assert.All(first.Items.Concat(second.Items), alarm => Assert.StartsWith("in-", alarm.Cause, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task An_order_belongs_to_each_day_on_which_it_was_open(Engine engine)
    {
        await using var bench = await OpenAsync(engine);
        var book = bench.Get<IWorkOrders>();
        var order = (await book.OpenAsync(FakeStations.Water, "manual", "清洗", null, Officer, Token)).Value;
        bench.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Empty((await book.ListAsync(new(To: Day), null, Token)).Items);
        foreach (var day in new[] { Day, Day.AddDays(1), Day.AddDays(3) })
            Assert.Equal(order.Id, Assert.Single((await book.ListAsync(new(FakeStations.Water, From: day, To: day.AddDays(1)), null, Token)).Items).Id);

        Assert.True((await book.ActAsync(order.Id, "cancel", new Dictionary<string, string> { ["reason"] = "重复" }, Officer, Token)).IsOk);
        Assert.Single((await book.ListAsync(new(From: Day.AddDays(3)), null, Token)).Items);
        Assert.Empty((await book.ListAsync(new(From: Day.AddDays(4)), null, Token)).Items);
    }

    private static async Task RaiseAsync(AlarmBench bench, string cause, DateTime since, DateTime? until)
    {
        await bench.RaiseAsync(Signal(cause: cause, since: since));
        if (until is { } end) await bench.RaiseAsync(Signal(cause: cause, active: false, since: end));
    }

    private static async Task<IEnumerable<string>> CausesAsync(AlarmBench bench, DateTime? from, DateTime? to) =>
        (await bench.Desk.ListAsync(new(From: from, To: to), null, Token)).Items.Select(alarm => alarm.Cause).Order(StringComparer.Ordinal);
}
