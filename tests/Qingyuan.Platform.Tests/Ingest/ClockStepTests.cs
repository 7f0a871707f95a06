using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>The machine's clock is set while loggers send: back by an hour, on by a day. Time that runs goes on as it did.</summary>
public sealed class ClockStepTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Steps_of_the_clock_lose_mix_up_and_double_nothing_and_are_said()
    {
        var clock = new StepTime();
        await using var house = await StormHouse.StartAsync(1, clock);
        var mn = house.Mns[0];
        using var logger = await house.ConnectAsync();
        var start = StationClock.Wall(clock.GetUtcNow()) is var wall ? wall.Date.AddHours(wall.Hour).AddHours(-2) : default;
        List<(DateTimeOffset From, DateTimeOffset To, List<DateTime> Sent)> phases = [];
        await WatchAsync(house);
        foreach (var step in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromHours(-1), TimeSpan.FromDays(1), TimeSpan.FromDays(-1)])
        {
            clock.Step(step);
            await WatchAsync(house);
            var from = clock.GetUtcNow();
            // The logger's own clock is right all the time: each of its moments is one minute after the last.
            List<DateTime> sent = [.. Enumerable.Range(phases.Count * 20, 20).Select(minute => start.AddMinutes(minute))];
            foreach (var at in sent) await AnsweredAsync(logger, mn, at);
            await AnsweredAsync(logger, mn, sent[^1]); // once more, byte for byte: the answer was lost
            await AnsweredAsync(logger, mn, sent[0]);
            phases.Add((from, clock.GetUtcNow(), sent));
            await house.AppliedAsync();
        }

        await AssertAsync(house, mn, start, phases);
        await house.StartAgainAsync(clock); // under a clock that was set
        await house.AppliedAsync();
        await AssertAsync(house, mn, start, phases);
        var audit = await house.Get<ITelemetryAudit>().RunAsync(Ct);
        Assert.True(audit.Ok, string.Join('\n', audit.Findings));
        var said = await house.Get<IAlarmDesk>().ListAsync(new(Kind: AlarmKind.Platform), null, Ct);
        Assert.Contains(said.Items, alarm => alarm.Cause == "clock-step");
    }

    [Fact]
    public async Task A_clock_that_was_set_back_does_not_hold_up_the_checkpoint()
    {
        var clock = new StepTime();
        await using var house = await StormHouse.StartAsync(1, clock);
        using var logger = await house.ConnectAsync();
        clock.Step(TimeSpan.FromDays(1));
        await AnsweredAsync(logger, house.Mns[0], StationClock.Wall(clock.GetUtcNow()).Date.AddDays(-3));
        await Eventually.That(() => house.Get<IFrameTail>().AppliedThrough == house.Get<IFrameTail>().Last);
        clock.Step(TimeSpan.FromHours(-25));
        await AnsweredAsync(logger, house.Mns[0], StationClock.Wall(clock.GetUtcNow()).Date.AddDays(-4));

        await Eventually.That(() => house.Get<IFrameTail>().AppliedThrough == house.Get<IFrameTail>().Last);
    }

    private static async Task AssertAsync(StormHouse house, string mn, DateTime start, List<(DateTimeOffset From, DateTimeOffset To, List<DateTime> Sent)> phases)
    {
        var stored = house.Stored(mn);
        Assert.Equal(stored.Select(frame => frame.Id).Order(), stored.Select(frame => frame.Id)); // ids rise, whatever the clock does
        var firsts = stored.DistinctBy(frame => StormHouse.Text(frame.Bytes)).ToList();
        Assert.Equal(phases.SelectMany(phase => phase.Sent), firsts.Select(frame => DateTime.ParseExact(StormHouse.Text(frame.Bytes)[9..23], "yyyyMMddHHmmss", CultureInfo.InvariantCulture)));
        foreach (var (phase, index) in phases.Select((phase, index) => (phase, index)))
        {
            foreach (var frame in firsts.Skip(index * 20).Take(20))
            {
                Assert.InRange(frame.Arrival.ReceivedAt, phase.From.AddMilliseconds(-1), phase.To);
                Assert.Equal(frame.Bytes.ToArray(), (await house.Get<IFrameReader>().FindAsync(frame.Id, Ct))!.Bytes.ToArray());
            }

            var listed = await house.Get<IFrameReader>().ListAsync(new(mn, phase.From.AddMilliseconds(-1), phase.To.AddMilliseconds(1), Limit: 1000), Ct);
            Assert.Superset(firsts.Skip(index * 20).Take(20).Select(frame => frame.Id).ToHashSet(), listed.Items.Select(frame => frame.Id).ToHashSet());
        }

        var rows = await house.Get<ITelemetryReader>().ReadAsync(new(house.StationNo(mn), "w01018", start, start.AddDays(1), Resolution.Realtime), Ct);
        Assert.Equal(phases.SelectMany(phase => phase.Sent).Select(at => (at, (string?)Value(at))), rows.Select(row => (row.At, row.Value)));
        Assert.Empty(await house.Get<IContradictions>().ListAsync(house.StationNo(mn), start, start.AddDays(1), Ct));
    }

    private static Task WatchAsync(StormHouse house) => house.All<IDueScan>().Single(scan => scan.Name is "clock-watch").ScanAsync(Ct);

    private static async Task AnsweredAsync(Logger logger, string mn, DateTime at)
    {
        await logger.SendAsync(StormHouse.Report(mn, at, Value(at), "2011"));
        Assert.Contains(at.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture), await logger.ReadAsync(), StringComparison.Ordinal);
    }

    private static string Value(DateTime at) => string.Create(CultureInfo.InvariantCulture, $"{at.Hour}.{at.Minute:D2}");

    /// <summary>The wall's clock is set; timers and running time know nothing of it.</summary>
    private sealed class StepTime : TimeProvider
    {
        private long _ahead;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

        public void Step(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
    }
}
