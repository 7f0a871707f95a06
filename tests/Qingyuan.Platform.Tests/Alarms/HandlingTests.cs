using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Tests.Engines;
using static Qingyuan.Platform.Tests.Alarms.AlarmBench;

namespace Qingyuan.Platform.Tests.Alarms;

[Requirement("R-5.6.4-8")]
public class HandlingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Acknowledging_names_who_and_leaves_an_entry_and_only_once(Engine engine)
    {
        await using var bench = await OpenAsync(engine);
        await bench.RaiseAsync();
        var id = Assert.Single(await bench.AlarmsAsync()).Id;
        var first = await bench.Desk.AcknowledgeAsync(id, "看到了", Officer, Token);
        Assert.Equal((AlarmState.Acknowledged, "u:zhao", (DateTimeOffset?)Start), (first.Value.State, first.Value.AcknowledgedBy, first.Value.AcknowledgedAt));
        Assert.Equal("alarm.already-acknowledged", (await bench.Desk.AcknowledgeAsync(id, null, Officer, Token)).Refusal.Code);
        var entry = Assert.Single(await bench.LedgerAsync("alarm.acknowledge"));
        Assert.Equal(("u:zhao", "alarm:" + id), (entry.ActorId, entry.Subject));
        Assert.Contains("看到了", entry.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Acknowledged_at_once_by_several_one_wins(Engine engine)
    {
        await using var bench = await OpenAsync(engine);
        await bench.RaiseAsync();
        var id = Assert.Single(await bench.AlarmsAsync()).Id;
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => bench.Desk.AcknowledgeAsync(id, null, Officer with { Id = "u:" + n }, Token)));
        Assert.Single(results, result => result.IsOk);
        Assert.All(results.Where(result => !result.IsOk), result => Assert.Contains(result.Refusal.Code, new[] { "alarm.already-acknowledged", "alarm.changed-meanwhile" }));
        Assert.Single(await bench.LedgerAsync("alarm.acknowledge"));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Shelved_it_comes_back_by_itself_where_it_was(Engine engine)
    {
        await using var bench = await OpenAsync(engine);
        await bench.RaiseAsync();
        var id = Assert.Single(await bench.AlarmsAsync()).Id;
        await bench.Desk.AcknowledgeAsync(id, null, Officer, Token);
        Assert.Equal("alarm.reason-missing", (await bench.Desk.ShelveAsync(id, TimeSpan.FromMinutes(30), " ", Officer, Token)).Refusal.Code);
        Assert.True((await bench.Desk.ShelveAsync(id, TimeSpan.FromMinutes(30), "检修", Officer, Token)).IsOk);
        bench.Clock.Advance(TimeSpan.FromMinutes(29));
        await bench.ScanAsync();
        Assert.Equal(AlarmState.Shelved, (await bench.Desk.FindAsync(id, Token))!.State);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.ScanAsync();
        Assert.Equal(AlarmState.Acknowledged, (await bench.Desk.FindAsync(id, Token))!.State);
        Assert.Single(await bench.LedgerAsync("alarm.unshelve"));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Cleared_by_a_person_the_same_episode_does_not_nag_and_the_next_one_does(Engine engine)
    {
        await using var bench = await OpenAsync(engine);
        await bench.RaiseAsync();
        var id = Assert.Single(await bench.AlarmsAsync()).Id;
        Assert.Equal(AlarmState.Cleared, (await bench.Desk.ClearAsync(id, "误报", Officer, Token)).Value.State);
        await bench.RaiseAsync();
        Assert.Single(await bench.AlarmsAsync());
        await bench.RaiseAsync(Signal(since: Qingyuan.Platform.Shared.StationClock.Wall(Start).AddHours(2)));
        Assert.Equal(2, (await bench.AlarmsAsync()).Count);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Lists_by_pages_and_never_beyond_the_reader_s_scope(Engine engine)
    {
        await using var bench = await OpenAsync(engine);
        for (var n = 0; n < 5; n++) await bench.RaiseAsync(Signal(cause: "c" + n));
        await bench.RaiseAsync(Signal(station: 2));
        await bench.RaiseAsync(Signal(station: null, kind: AlarmKind.Platform));
        var scope = new HashSet<int> { 1 };
        var seen = new List<AlarmView>();
        string? after = null;
        do
        {
            var page = await bench.Desk.ListAsync(new(Limit: 2, After: after), scope, Token);
            seen.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(5, seen.DistinctBy(alarm => alarm.Id).Count());
        Assert.All(seen, alarm => Assert.Equal(1, alarm.StationNo));
    }
}
