using System.Globalization;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>Many stations send a week at once while others report what just happened.</summary>
public sealed class BackfillFloodTests
{
    private const int Days = 7;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_week_of_twenty_stations_holds_up_no_live_answer_and_ends_in_the_right_chunks() => FloodAsync(20, TimeSpan.FromHours(3));

    [Fact(Explicit = true)]
    public Task A_week_of_a_thousand_stations() => FloodAsync(1000, TimeSpan.FromMinutes(10));

    private static async Task FloodAsync(int stations, TimeSpan interval)
    {
        await using var house = await StormHouse.StartAsync(stations + 1, null, ("Ingest:HistoryWaitsAfter", "00:00:00.5"), ("Ingest:NobodyNewAfter", "00:10:00"));
        var (live, fillers) = (house.Mns[^1], house.Mns.SkipLast(1).ToList());
        using var logger = await house.ConnectAsync();
        var minute = Hour(StationClock.Wall(TimeProvider.System.GetUtcNow())).AddHours(-1);
        await AnsweredAsync(logger, live, minute);
        var first = minute.Date.AddDays(-Days - 1);
        List<DateTime> week = [.. Enumerable.Range(0, (int)(TimeSpan.FromDays(Days) / interval)).Select(index => first + (index * interval))];
        List<Logger> lines = [];
        List<Task> filling = [];
        await house.CalmAsync();
        using (house.HoldCommits())
        {
            await logger.SendAsync(StormHouse.Report(live, minute.AddMinutes(1), "1.5", "2011"));
            await Eventually.That(() => house.Health.Shedding is "HistoryWaits");
            foreach (var mn in fillers)
            {
                lines.Add(await house.ConnectAsync());
                filling.Add(FillAsync(lines[^1], mn, week));
            }

            // Whoever fills back is not read while commits lag; who reports what just happened is.
            await Eventually.That(() => house.Health.ConnectionsPaused == fillers.Count);
            var taken = house.Health.Received;
            await logger.SendAsync(StormHouse.Report(live, minute.AddMinutes(2), "2.5", "2011"));
            await Eventually.That(() => house.Health.Received == taken + 1);
        }

        for (var passed = 1; passed <= 2; passed++) Assert.NotNull(await logger.TryReadAsync());
        var answered = 2;
        for (; !Task.WhenAll(filling).IsCompleted; answered++) await AnsweredAsync(logger, live, minute.AddSeconds(120 + answered)); // each answer is waited for before the next is sent
        await Task.WhenAll(filling);
        foreach (var line in lines) line.Dispose();

        Assert.True(answered > 2);
        await AssertChunksAsync(house, fillers, week);
        Assert.Equal(answered + 1, house.Stored(live).Count);
    }

    /// <summary>Every value stands at its moment, once, and no chunk of a time that is over is left open.</summary>
    private static async Task AssertChunksAsync(StormHouse house, IEnumerable<string> fillers, List<DateTime> week)
    {
        await house.AppliedAsync();
        await house.Get<IChunkWriter>().CheckpointAsync(0, Ct);
        var ended = Hour(StationClock.Wall(TimeProvider.System.GetUtcNow())).AddHours(-1);
        Assert.DoesNotContain(house.Get<IChunkStore>().OpenKeys(), key => key.End <= ended);
        foreach (var mn in fillers)
        {
            var rows = await house.Get<ITelemetryReader>().ReadAsync(new(house.StationNo(mn), "w01018", week[0], week[^1].AddDays(1), Resolution.Minute), Ct);
            Assert.Equal(week.Select(at => (at, (string?)Value(at))), rows.Select(row => (row.At, row.Value)));
        }

        var key = ChunkKey.Of(Resolution.Minute, week[0], house.StationNo(house.Mns[0]));
        var (bytes, closed) = house.Get<IChunkStore>().Read(key)!.Value;
        Assert.True(closed);
        Assert.All(ChunkDecoder.Decode(key, bytes, house.Get<IChunkStore>().Codes(key)).Rows, row => Assert.InRange(new DateTime(row.DataTicks), key.Start, key.End.AddTicks(-1)));
    }

    private static async Task FillAsync(Logger line, string mn, List<DateTime> week)
    {
        var sending = Task.Run(async () =>
        {
            foreach (var at in week) await line.SendAsync(StormHouse.Report(mn, at, Value(at), "2051"));
        }, Ct);
        for (var answers = 0; answers < week.Count; answers++) Assert.NotNull(await line.ReadAsync());
        await sending;
    }

    private static async Task AnsweredAsync(Logger logger, string mn, DateTime at)
    {
        await logger.SendAsync(StormHouse.Report(mn, at, "0.5", "2011"));
        Assert.Contains(at.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture), await logger.ReadAsync(), StringComparison.Ordinal);
    }

    private static string Value(DateTime at) => string.Create(CultureInfo.InvariantCulture, $"{at.Day}.{(at.Hour * 60) + at.Minute:D4}");

    private static DateTime Hour(DateTime at) => at.Date.AddHours(at.Hour);
}
