using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Peers;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Rules.Alarms;
using static Qingyuan.Platform.Tests.Alarms.AlarmBench;

namespace Qingyuan.Platform.Tests.Alarms;

[Requirement("R-5.6.4-8")]
public class RaisingTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Raised_at_once_by_many_there_is_one_active_alarm(Engine engine)
    {
        await using var bench = await OpenAsync(engine);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bench.RaiseAsync()));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bench.RaiseAsync(Signal(station: null, cause: "disk", kind: AlarmKind.Platform))));
        var alarms = await bench.AlarmsAsync();
        Assert.Equal(2, alarms.Count);
        Assert.Equal([null, FakeStations.Gas], alarms.Select(alarm => alarm.StationNo).Order());
        Assert.All(alarms, alarm => Assert.Equal(AlarmState.Active, alarm.State));
        Assert.Equal(2, (await bench.LedgerAsync("alarm.raise")).Count);
        Assert.Equal(2, bench.Events.Delivered.Count(each => each.Kind == "alarm.raised"));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Two_nodes_raise_the_same_cause_and_one_alarm_counts_both(Engine engine)
    {
        await using var one = await OpenAsync(engine);
        await using var other = await one.RestartAsync();
        await Task.WhenAll(one.RaiseAsync(), other.RaiseAsync());
        var alarm = Assert.Single(await one.AlarmsAsync());
        Assert.Equal(2, alarm.Count);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Repeats_within_a_minute_are_counted_without_a_write(Engine engine)
    {
        await using var bench = await OpenAsync(engine);
        for (var frame = 0; frame < 10; frame++) await bench.RaiseAsync();
        Assert.Equal(1, Assert.Single(await bench.AlarmsAsync()).Count);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.RaiseAsync();
        var alarm = Assert.Single(await bench.AlarmsAsync());
        Assert.Equal(11, alarm.Count);
        Assert.Equal(Start.AddMinutes(1), alarm.LastSeenAt);
        Assert.Single(await bench.LedgerAsync("alarm.raise"));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_worse_repeat_is_written_at_once(Engine engine)
    {
        await using var bench = await OpenAsync(engine);
        await bench.RaiseAsync(Signal(severity: AlarmSeverity.Notice));
        await bench.RaiseAsync(Signal(severity: AlarmSeverity.Critical));
        Assert.Equal(AlarmSeverity.Critical, Assert.Single(await bench.AlarmsAsync()).Severity);
        Assert.Single(await bench.LedgerAsync("alarm.worsen"));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Backfilled_history_keeps_its_own_times_and_a_replay_raises_nothing_again(Engine engine)
    {
        await using var bench = await OpenAsync(engine);
        var began = StationClock.Wall(Start).AddHours(-20);
        await bench.RaiseAsync(Signal(since: began));
        await bench.RaiseAsync(Signal(active: false, since: began.AddHours(1)));
        await bench.RaiseAsync(Signal(since: began));
        await bench.RaiseAsync(Signal(active: false, since: began.AddHours(1)));
        var alarm = Assert.Single(await bench.AlarmsAsync());
        Assert.Equal((AlarmState.Cleared, began, (DateTime?)began.AddHours(1)), (alarm.State, alarm.Since, alarm.Until));
        await bench.RaiseAsync(Signal(since: began.AddHours(5)));
        Assert.Equal(2, (await bench.AlarmsAsync()).Count);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task An_end_from_before_the_episode_leaves_it_open(Engine engine)
    {
        await using var bench = await OpenAsync(engine);
        await bench.RaiseAsync();
        await bench.RaiseAsync(Signal(active: false, since: StationClock.Wall(Start).AddHours(-1)));
        Assert.Equal(AlarmState.Active, Assert.Single(await bench.AlarmsAsync()).State);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_reaction_that_fails_takes_alarm_and_ledger_entry_with_it(Engine engine)
    {
        await using var bench = await OpenAsync(engine, services => services.AddSingleton<IAlarmReaction, Failing>());
        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.RaiseAsync());
        Assert.Empty(await bench.AlarmsAsync());
        Assert.Empty(await bench.LedgerAsync("alarm.raise"));
        Assert.Empty(bench.Events.Delivered);
    }

    [Fact]
    public void The_words_of_contract_and_rules_are_the_same_in_the_same_order()
    {
        Assert.Equal(Enum.GetNames<AlarmKind>(), Enum.GetNames<SignalKind>());
        Assert.Equal(Enum.GetNames<AlarmSeverity>(), Enum.GetNames<SignalSeverity>());
        Assert.Equal(Enum.GetNames<AlarmState>(), Enum.GetNames<AlarmPhase>());
    }

    private sealed class Failing : IAlarmReaction
    {
        public Task OnRaisedAsync(QingyuanDb db, AlarmView alarm, CancellationToken ct) => throw new InvalidOperationException("reaction");

        public Task OnClearedAsync(QingyuanDb db, AlarmView alarm, CancellationToken ct) => Task.CompletedTask;
    }
}
