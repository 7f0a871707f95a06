using System.Globalization;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Evidence;

public class ReadingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Lists_newest_first_in_pages_by_subject_kind_station_and_time(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine);
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await bench.RecordAsync($"note {i}", i % 2 == 0 ? FakeStations.Gas : FakeStations.Water));
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await bench.TurnAsync();
        ids.Reverse();
        var first = await bench.Reader.ListAsync(new(Limit: 3), Ct);
        var second = await bench.Reader.ListAsync(new(Limit: 3, After: first.Next), Ct);
        Assert.Equal(ids, first.Items.Concat(second.Items).Select(entry => entry.Id));
        Assert.Null(second.Next);
        Assert.All(first.Items, entry => Assert.Equal(EvidenceState.Logged, entry.State));
        Assert.Equal(2, (await bench.Reader.ListAsync(new(StationNo: FakeStations.Water), Ct)).Items.Count);
        Assert.Equal(5, (await bench.Reader.ListAsync(new(KindPrefix: "om.work-order"), Ct)).Items.Count);
        Assert.Empty((await bench.Reader.ListAsync(new(KindPrefix: "auth"), Ct)).Items);
        Assert.Equal(5, (await bench.Reader.ListAsync(new(Subject: "work-order:1"), Ct)).Items.Count);
        Assert.Equal(2, (await bench.Reader.ListAsync(new(From: EvidenceBench.Start.AddMinutes(1), To: EvidenceBench.Start.AddMinutes(3)), Ct)).Items.Count);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_scope_shows_its_stations_and_nothing_of_the_platform(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine);
        await bench.RecordAsync("gas");
        await bench.RecordAsync("water", FakeStations.Water);
        await bench.RecordAsync("platform", null);
        var seen = await bench.Reader.ListAsync(new(Scope: new HashSet<int> { FakeStations.Water }), Ct);
        Assert.Equal("water", (string)Assert.Single(seen.Items).Body["note"]!);
        Assert.Empty((await bench.Reader.ListAsync(new(Scope: new HashSet<int>()), Ct)).Items);
    }

    [Fact]
    public void Kinds_and_states_have_names_in_both_languages()
    {
        var (zh, en) = (CultureInfo.GetCultureInfo("zh-CN"), CultureInfo.GetCultureInfo("en"));
        Assert.Equal(("维修", "Repaired"), (LedgerTexts.Kind("om.work-order.repair", zh), LedgerTexts.Kind("om.work-order.repair", en)));
        Assert.Equal("工单", LedgerTexts.Kind("om.work-order.something-new", zh));
        Assert.Equal("unknown.kind", LedgerTexts.Kind("unknown.kind", zh));
        foreach (var state in Enum.GetValues<EvidenceState>()) Assert.NotEqual(LedgerTexts.State(state, zh), LedgerTexts.State(state, en));
        Assert.Contains("单方", LedgerTexts.State(EvidenceState.Logged, zh), StringComparison.Ordinal);
    }
}
