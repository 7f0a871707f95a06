using System.Collections;
using System.Globalization;
using System.Net.Sockets;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>More than the disk can take: what cannot be stored is not acknowledged, little of it is held, and all goes on when the disk does.</summary>
public sealed class OverloadTests
{
    private const int BufferBytes = 64 * 1024;
    private const int Loggers = 20;
    private const int FramesInFlight = 256; // what a connection may have without an answer

    private static readonly (string, string)[] Small =
        [("Telemetry:BufferBytes", $"{BufferBytes}"), ("Telemetry:BatchBytes", "16384"), ("Ingest:HistoryWaitsAfter", "00:00:00.5"), ("Ingest:NobodyNewAfter", "00:00:01")];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Frames that fit into the two gathering buffers, as many that were committed a moment ago and are not counted yet, and one each that waits for room.</summary>
    private static int MostHeld => (3 * BufferBytes / Logger.Upload("STORM0000000000000000000", 0).Length) + Loggers + 1;

    [Fact]
    public async Task A_store_that_cannot_follow_sheds_by_not_answering_holds_little_and_recovers()
    {
        await using var house = await StormHouse.StartAsync(Loggers, null, Small);
        var flood = await Flood.ReadyAsync(house, 300);
        await house.CalmAsync();
        using (house.HoldCommits())
        {
            flood.Go();
            await Eventually.That(() => house.Health is { Shedding: "NobodyNew", BeingStored: > 0 });
            var (acknowledged, health) = (flood.Acknowledged, house.Health);
            Assert.InRange(health.BeingStored, 1, MostHeld);
            Assert.True(acknowledged <= health.Stored, $"{acknowledged} acknowledged, {health.Stored} stored");
            Assert.StartsWith("commits-lag", health.Trouble, StringComparison.Ordinal);
            using var refused = await house.ConnectAsync();
            Assert.Null(await refused.TryReadAsync());
            Assert.Equal(health.Stored, house.Health.Stored);
        }

        await flood.EndAsync();
        Assert.Equal(Loggers * 300, flood.Acknowledged); // late, but every one
        flood.AssertStored();
        await Eventually.That(() => house.Health is { Shedding: "None", Trouble: null, NotStored: 0, BeingStored: 0 });
        using var admitted = await AdmittedAsync(house, house.Mns[0], 9_999_000);
    }

    [Fact(Explicit = true)]
    public async Task Ten_minutes_of_it()
    {
        await using var house = await StormHouse.StartAsync(Loggers, null, Small);
        var flood = await Flood.ReadyAsync(house, int.MaxValue);
        flood.Go();
        var (end, memory) = (TimeProvider.System.GetTimestamp() + (600 * TimeProvider.System.TimestampFrequency), new List<long>());
        while (TimeProvider.System.GetTimestamp() < end)
        {
            using (house.HoldCommits())
            {
                // The disk does a tenth of the time what loggers ask for all the time.
                await Eventually.That(() => house.Health.Shedding is "NobodyNew");
                Assert.InRange(house.Health.BeingStored, 1, Loggers * FramesInFlight); // answers of what was committed may wait too
                Assert.True(flood.Acknowledged <= house.Health.Stored);
            }

            await Eventually.That(() => house.Health.Shedding is "None");
            memory.Add(GC.GetTotalMemory(forceFullCollection: true));
        }

        await flood.EndAsync();
        flood.AssertStored();
        // By half of the time what may be held in memory is.
        var (first, last) = (memory.Take(memory.Count / 2).Max(), memory.TakeLast(5).Min());
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{flood.Acknowledged} acknowledged, {memory.Count} times held up, {first >> 20} MiB by half of the time, {last >> 20} MiB at last"));
        Assert.True(last < first + (64 << 20), $"{first} B by half of the time, {last} B at last");
    }

    /// <summary>A logger with one frame stored. With limits this small a machine that is busy with other things sheds by itself for a moment; a real logger comes again, too.</summary>
    private static async Task<Logger> AdmittedAsync(StormHouse house, string mn, int number)
    {
        while (true)
        {
            Ct.ThrowIfCancellationRequested();
            var logger = await house.ConnectAsync();
            if (await AskAsync(logger, Logger.Upload(mn, number)) is { } answer)
            {
                Assert.Contains(Logger.Qn(number), answer, StringComparison.Ordinal);
                return logger;
            }

            logger.Dispose();
        }
    }

    private static async Task<string?> AskAsync(Logger logger, byte[] frame)
    {
        try
        {
            await logger.SendAsync(frame);
            return await logger.TryReadAsync();
        }
        catch (SocketException)
        {
            return null; // refused before it was sent
        }
    }

    /// <summary>Loggers that send as fast as their sockets take it and wait for no answer.</summary>
    private sealed class Flood(StormHouse house)
    {
        private readonly List<(Task Sending, Task Reading, BitArray Answered)> _loggers = [];
        private readonly TaskCompletionSource _start = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _acknowledged;
        private volatile bool _ends;

        public long Acknowledged => Interlocked.Read(ref _acknowledged);

        /// <summary>Connected, with one frame stored.</summary>
        public static async Task<Flood> ReadyAsync(StormHouse house, int count)
        {
            var flood = new Flood(house);
            foreach (var mn in house.Mns)
            {
                var logger = await AdmittedAsync(house, mn, -1000);
                var answered = new BitArray(1024);
                flood._loggers.Add((Task.Run(() => flood.SendAsync(logger, mn, count), Ct), Task.Run(() => flood.ReadAsync(logger, answered), Ct), answered));
            }

            return flood;
        }

        public void Go() => _start.SetResult();

        /// <summary>No more is sent; what was taken is still answered.</summary>
        public async Task EndAsync()
        {
            _ends = true;
            foreach (var (sending, reading, _) in _loggers) await Task.WhenAll(sending, reading);
        }

        /// <summary>Every frame that was acknowledged lies in the store.</summary>
        public void AssertStored()
        {
            foreach (var (mn, logger) in house.Mns.Zip(_loggers))
            {
                var stored = house.Stored(mn).Select(frame => StormHouse.Text(frame.Bytes)[9..26]).ToHashSet(StringComparer.Ordinal);
                for (var number = 0; number < logger.Answered.Length; number++)
                    if (logger.Answered[number]) Assert.Contains(Logger.Qn(number * 1000), stored);
            }
        }

        private async Task SendAsync(Logger logger, string mn, int count)
        {
            await _start.Task;
            for (var number = 0; number < count && (count is not int.MaxValue || !_ends); number++) await logger.SendAsync(Logger.Upload(mn, number * 1000));
            logger.EndSending();
        }

        private async Task ReadAsync(Logger logger, BitArray answered)
        {
            using var held = logger;
            while (await logger.TryReadAsync() is { } answer)
            {
                var at = DateTime.ParseExact(answer[9..26], "yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
                var number = (int)((at - new DateTime(2026, 3, 1, 8, 0, 0)).TotalSeconds);
                if (number >= answered.Length) answered.Length = number * 2;
                if (!answered[number]) Interlocked.Increment(ref _acknowledged);
                answered[number] = true;
            }
        }
    }
}
