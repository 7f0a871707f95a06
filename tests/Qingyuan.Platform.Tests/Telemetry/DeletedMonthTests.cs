using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;
using Qingyuan.Platform.Telemetry.Store.Postgres;
using Qingyuan.Platform.Telemetry.Store.Sqlite;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>On files.</summary>
public sealed class SqliteDeletedMonthTests() : DeletedMonthTests(Engine.Sqlite);

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresDeletedMonthTests() : DeletedMonthTests(Engine.Postgres);

/// <summary>Values that were deleted stay away, whatever lies in memory and whichever frame comes again; a frame that comes afterwards is new.</summary>
public abstract class DeletedMonthTests(Engine engine) : TelemetryTests(engine)
{
    private static readonly DateTime May = new(2024, 5, 1);
    private static readonly DateTime Now = TelemetryHouse.Noon.DateTime;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_chain_of_a_month_is_folded_page_by_page()
    {
        await using var house = await OpenAsync();
        if (house.Get<IMonthStore>() is SqliteMonthStore files) files.LinksAtOnce = 2;
        if (house.Get<IMonthStore>() is PostgresMonthStore tables) tables.LinksAtOnce = 2;
        for (var number = 0; number < 5; number++) await BatchAsync(house);
        var links = house.Get<IMonthStore>().Links(Month(Now)).ToList();

        var content = await house.Get<ITelemetryMonths>().DescribeAsync(TelemetryClass.Frames, Month(Now), Ct);

        Assert.Equal(5, links.Count);
        var stretch = Assert.Single(content!.Stretches);
        Assert.Equal((Hex(links[0].Previous), Hex(links[^1].Sha256), links[^1].Id), (stretch.Before, stretch.After, stretch.LastBatch));
    }

    [Fact]
    public async Task A_chunk_that_lay_in_memory_is_not_written_again_by_what_comes_late()
    {
        await using var house = await OpenAsync();
        var deleted = await BatchAsync(house);
        await house.ApplyAsync(1, deleted, Now, ("a21002", "Rtd", "1", "N")); // its hour runs: it stays in memory
        await house.ApplyAsync(1, deleted, Now, ("a21002", "Rtd", "2", "N")); // and this contradiction too
        await house.CheckpointAsync(deleted);
        await house.ApplyAsync(1, deleted, Now.AddSeconds(1), ("a21002", "Rtd", "3", "N")); // not on disk
        await house.ApplyAsync(1, deleted, Now.AddSeconds(1), ("a21002", "Rtd", "4", "N"));

        var through = await house.Get<ITelemetryMonths>().DeleteAsync(TelemetryClass.Values, Month(Now), Ct);

        Assert.Equal(deleted, through);
        var late = await BatchAsync(house);
        Assert.Equal(ApplyOutcome.New, await house.ApplyAsync(1, late, Now.AddSeconds(2), ("a21002", "Rtd", "5", "N")));
        await house.CheckpointAsync(late);
        Assert.Equal(["5"], await TextsAsync(house, Now));
        Assert.Empty(await house.Get<IContradictions>().ListAsync(1, Now.AddDays(-1), Now.AddDays(1), Ct));
        await house.DisposeAsync();
        await using var again = await OpenAsync(house.Folder);
        Assert.Equal(["5"], await TextsAsync(again, Now));
    }

    [Fact]
    public async Task A_frame_from_before_the_deletion_that_is_applied_again_brings_nothing_back()
    {
        await using var house = await OpenAsync();
        var deleted = await BatchAsync(house);
        await house.ApplyAsync(1, deleted, May, ("a21002", "Rtd", "1", "N"));
        await house.CheckpointAsync(deleted);
        await house.Get<ITelemetryMonths>().DeleteAsync(TelemetryClass.Values, Month(May), Ct);

        Assert.Equal(ApplyOutcome.Repeat, await house.ApplyAsync(1, deleted, May, ("a21002", "Rtd", "1", "N")));
        Assert.Equal(ApplyOutcome.New, await house.ApplyAsync(1, deleted, May.AddMonths(1), ("a21002", "Rtd", "7", "N"))); // its other month was not deleted
        await house.CheckpointAsync(deleted);

        Assert.Empty(await TextsAsync(house, May));
        Assert.Equal(["7"], await TextsAsync(house, May.AddMonths(1)));
        Assert.Equal(["2024-06"], await house.MonthsAsync("chunks", "chunk"));
    }

    [Fact]
    public async Task A_newest_value_leaves_with_its_month()
    {
        await using var house = await OpenAsync();
        var deleted = await BatchAsync(house);
        await house.ApplyAsync(1, deleted, May, ("a21002", "Rtd", "1", "N"));
        await house.ApplyAsync(2, deleted, May, ("a21002", "Rtd", "2", "N"));
        await house.ApplyAsync(2, deleted, May.AddMonths(1), ("a34013", "Rtd", "3", "N"));
        await house.CheckpointAsync(deleted);

        await house.Get<ITelemetryMonths>().DeleteAsync(TelemetryClass.Values, Month(May), Ct);
        await house.ApplyAsync(1, deleted, May, ("a21002", "Rtd", "1", "N")); // its frame comes again

        Assert.Empty(await LatestAsync(house, 1));
        Assert.Equal(["3"], await LatestAsync(house, 2));
        await house.DisposeAsync();
        await using var again = await OpenAsync(house.Folder);
        Assert.Empty(await LatestAsync(again, 1)); // what an earlier run deleted is not known here: the row itself is another
        Assert.Equal(["3"], await LatestAsync(again, 2));
    }

    [Fact]
    public async Task A_month_that_becomes_cold_again_has_none_of_the_values_of_the_files_that_had_its_names()
    {
        await using var house = await OpenAsync();
        var deleted = await BatchAsync(house);
        await house.ApplyAsync(1, deleted, May, ("a21002", "Rtd", "1", "N"));
        await house.CheckpointAsync(deleted);
        await house.Get<IColdTier>().RunAsync(Ct);
        Assert.Equal(["1"], await TextsAsync(house, May));
        await house.Get<ITelemetryMonths>().DeleteAsync(TelemetryClass.Values, Month(May), Ct);

        var late = await BatchAsync(house);
        await house.ApplyAsync(1, late, May.AddMinutes(1), ("a21002", "Rtd", "5", "N"));
        await house.CheckpointAsync(late);
        var part = Assert.Single((await house.Get<IColdTier>().RunAsync(Ct)).Parts);

        Assert.Equal((1, 1L), (part.Number, part.Values));
        Assert.Equal(["5"], await TextsAsync(house, May));
        Assert.Equal(ApplyOutcome.New, await house.ApplyAsync(1, late, May, ("a21002", "Rtd", "6", "N"))); // nothing stands there
        await house.CheckpointAsync(late);
        Assert.Equal(["6", "5"], await TextsAsync(house, May));
    }

    [Fact]
    public async Task Contradictions_stay_when_their_month_becomes_cold_and_go_when_it_is_deleted()
    {
        await using var house = await OpenAsync();
        var deleted = await BatchAsync(house);
        await house.ApplyAsync(1, deleted, May, ("a21002", "Rtd", "1", "N"));
        await house.ApplyAsync(1, deleted, May, ("a21002", "Rtd", "2", "N"));
        await house.CheckpointAsync(deleted);
        await house.Get<IColdTier>().RunAsync(Ct);
        Assert.Single(await house.Get<IContradictions>().ListAsync(1, May, May.AddDays(1), Ct));

        await house.Get<ITelemetryMonths>().DeleteAsync(TelemetryClass.Values, Month(May), Ct);

        Assert.Empty(await house.Get<IContradictions>().ListAsync(1, May, May.AddDays(1), Ct));
        Assert.Empty(await house.MonthsAsync("chunks", "conflict"));
    }

    [Fact]
    public async Task What_was_set_aside_as_damaged_goes_with_its_month_and_no_other_does()
    {
        await using var house = await OpenAsync();
        var batch = await BatchAsync(house);
        DateTime[] firsts = [May, May.AddMonths(1)];
        foreach (var first in firsts)
        foreach (var at in (DateTime[])[first, first.AddMonths(1).AddMinutes(-1)])
        foreach (var period in Enum.GetValues<Resolution>()) await house.ApplyAsync(1, batch, at, period, ("a21002", "Rtd", "1", "N"));
        await house.CheckpointAsync(batch);
        foreach (var first in firsts) // taken up, they turn out to be damaged: two hours of real-time and minutes, two days, a month
        {
            foreach (var table in (string[])["chunk_realtime", "chunk_minute", "chunk_hour", "chunk_day"])
                house.Tamper($"chunks-{first:yyyy-MM}.db", $"UPDATE {table} SET bytes = CAST(bytes || x'00' AS BLOB)", $"UPDATE telemetry.chunk SET bytes = bytes || '\\x00'::bytea WHERE resolution = {Array.IndexOf(["chunk_realtime", "chunk_minute", "chunk_hour", "chunk_day"], table)} AND month = {Month(first)}");
            foreach (var at in (DateTime[])[first, first.AddMonths(1).AddMinutes(-1)])
            foreach (var period in Enum.GetValues<Resolution>()) await house.ApplyAsync(1, batch, at, period, ("a21002", "Rtd", "1", "N"));
        }

        await house.CheckpointAsync(batch);
        await house.Get<ITelemetryMonths>().DeleteAsync(TelemetryClass.Values, Month(May), Ct);

        Assert.Equal(["2024-06"], await house.MonthsAsync("chunks", "chunk"));
        Assert.Equal(7, house.Execute("chunks-2024-06.db", "DELETE FROM chunk_damaged", "DELETE FROM telemetry.chunk_damaged"));
    }

    [Fact]
    public async Task Nothing_is_deleted_or_becomes_cold_while_another_works_on_months()
    {
        await using var house = await OpenAsync();
        var batch = await BatchAsync(house);
        await house.ApplyAsync(1, batch, May, ("a21002", "Rtd", "1", "N"));
        await house.CheckpointAsync(batch);
        using (house.Get<IMonthGuard>().TryEnter())
        {
            Assert.Null(house.Get<IMonthGuard>().TryEnter());
            Assert.Null(await house.Get<ITelemetryMonths>().DeleteAsync(TelemetryClass.Values, Month(May), Ct));
            Assert.Empty((await house.Get<IColdTier>().RunAsync(Ct)).Months);
            Assert.Equal(["1"], await TextsAsync(house, May));
        }

        Assert.Equal(batch, await house.Get<ITelemetryMonths>().DeleteAsync(TelemetryClass.Values, Month(May), Ct));
        Assert.Empty(await TextsAsync(house, May));
    }

    [Fact]
    public async Task Whatever_is_applied_while_a_month_goes_afterwards_only_younger_frames_have_values_in_it()
    {
        await using var house = await OpenAsync();
        for (var round = 0; round < 5; round++)
        {
            var old = await BatchAsync(house);
            using var end = new CancellationTokenSource();
            var applying = Enumerable.Range(1, 3).Select(station => Task.Run(async () =>
            {
                for (var number = 0; number < 50 || !end.IsCancellationRequested; number++) await house.ApplyAsync(station, old, May.AddHours(number % 300), ("a21002", "Rtd", $"{number}", "N"));
            }, Ct)).ToList();
            var writing = Task.Run(async () =>
            {
                while (!end.IsCancellationRequested) await house.CheckpointAsync(0);
            }, Ct);

            var through = await house.Get<ITelemetryMonths>().DeleteAsync(TelemetryClass.Values, Month(May), Ct);
            await end.CancelAsync();
            await Task.WhenAll([.. applying, writing]);
            await house.CheckpointAsync(0);

            Assert.True(through >= old);
            Assert.Empty(house.Get<IChunkMonths>().Months().SelectMany(house.Get<IChunkMonths>().Stations));
            for (var station = 1; station <= 3; station++) Assert.Empty(await house.Get<ITelemetryReader>().ReadAllAsync(station, Resolution.Realtime, May, May.AddMonths(1), Ct));
        }
    }

    private static int Month(DateTime at) => (at.Year * 12) + at.Month - 1;

    private static async Task<List<string>> LatestAsync(TelemetryHouse house, int station) => [.. (await house.Get<ITelemetryReader>().LatestAsync(station, Ct)).Select(value => value.Text)];

    /// <summary>A frame is stored, so that the log has come so far.</summary>
    private static async Task<long> BatchAsync(TelemetryHouse house) => (await house.StoreAsync(TelemetryHouse.Arrival(), "x")).Batch;

    private static async Task<IReadOnlyList<string>> TextsAsync(TelemetryHouse house, DateTime day) =>
        [.. (await house.Get<ITelemetryReader>().ReadAllAsync(1, Resolution.Realtime, day, day.AddDays(1), Ct)).SelectMany(frame => frame.Values.Select(value => value.Text))];

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
