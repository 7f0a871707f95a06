using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Frames;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>On files.</summary>
public sealed class SqliteFrameLogTests() : FrameLogTests(Engine.Sqlite);

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresFrameLogTests() : FrameLogTests(Engine.Postgres);

public abstract class FrameLogTests(Engine engine) : TelemetryTests(engine)
{
    private static readonly DateTimeOffset Noon = TelemetryHouse.Noon;

    [Fact]
    public async Task Finds_every_frame_of_many_appenders_byte_for_byte_also_after_a_restart()
    {
        var sent = new ConcurrentDictionary<FrameId, byte[]>();
        await using (var house = await OpenAsync(null, null, ("BufferBytes", "65536"), ("BatchBytes", "16384")))
        {
            await Parallel.ForAsync(0, 8, async (appender, ct) =>
            {
                var random = new Random(appender);
                var durable = Task.CompletedTask;
                for (var i = 0; i < 400; i++)
                {
                    var bytes = new byte[random.Next(0, 600)];
                    random.NextBytes(bytes);
                    var receipt = await house.Log.AppendAsync(TelemetryHouse.Arrival("M" + appender, appender), new ReadOnlySequence<byte>(bytes), ct);
                    durable = receipt.Durable;
                    if (i % 10 == 0) await durable;
                    Assert.True(sent.TryAdd(receipt.Id, bytes));
                }

                await durable; // batches are committed in order: with the last frame all are
            });
            foreach (var (id, bytes) in sent.Take(50)) Assert.Equal(bytes, (await house.Reader.FindAsync(id, default))?.Bytes.ToArray());
            await CheckAsync(house, sent);
        }

        Assert.Equal(3200, sent.Count);
    }

    private async Task CheckAsync(TelemetryHouse house, ConcurrentDictionary<FrameId, byte[]> sent)
    {
        await house.DisposeAsync();
        await using var again = await OpenAsync(house.Folder);
        foreach (var (id, bytes) in sent) Assert.Equal(bytes, (await again.Reader.FindAsync(id, default))?.Bytes.ToArray());
        foreach (var mn in Enumerable.Range(0, 8).Select(i => "M" + i))
            Assert.Equal(400, (await again.Reader.ListAsync(new(mn, null, null, null, 1000), default)).Items.Count);
    }

    [Fact]
    public async Task Keeps_what_is_known_beside_a_frame()
    {
        await using var house = await OpenAsync();
        var at = Noon.AddTicks(1_234_560);
        var arrival = new FrameArrival(7, "MN-七", at, FrameVerdict.Rejected, "CrcMismatch", "[::1]:60000");
        var id = await house.StoreAsync(arrival, "##0001X\r\n");
        await house.DisposeAsync();
        await using var again = await OpenAsync(house.Folder);
        var frame = await again.Reader.FindAsync(id, default);
        Assert.Equal(arrival, frame?.Arrival);
        Assert.Null(await again.Reader.FindAsync(new(id.Batch, 1), default));
        Assert.Null(await again.Reader.FindAsync(new(1, 0), default));
    }

    [Fact]
    public async Task Frames_of_one_batch_share_one_task_and_appending_allocates_nothing()
    {
        await using var house = await OpenAsync(null, null, ("BufferBytes", "8388608"));
        var bytes = new ReadOnlySequence<byte>(new byte[400]);
        var arrival = TelemetryHouse.Arrival();
        using var packers = new BatchPackers(new());
        var buffer = new FrameBuffer(new(), packers);
        long next = 1;
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 2000; i++) Assert.True(buffer.TryAdd(in arrival, in bytes, ref next, out _));
            if (round == 0) buffer.Clear();
        }

        buffer.Clear();
        _ = buffer.TryAdd(in arrival, in bytes, ref next, out var first);
        var before = GC.GetAllocatedBytesForCurrentThread();
        FrameReceipt last = default;
        for (var i = 0; i < 1999; i++) _ = buffer.TryAdd(in arrival, in bytes, ref next, out last);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Same(first.Durable, last.Durable);
    }

    [Fact]
    public async Task A_full_buffer_makes_appending_wait_and_loses_nothing()
    {
        await using var house = await OpenAsync(null, null, ("BufferBytes", "65536"));
        var text = new string('x', 30_000);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => house.AppendAsync(TelemetryHouse.Arrival(), text).AsTask()));
        await Task.WhenAll(receipts.Select(receipt => receipt.Durable));
        Assert.Equal(40, receipts.Select(receipt => receipt.Id).Distinct().Count());
        Assert.Equal(40, (await house.Reader.ListAsync(new("M1", null, null), default)).Items.Count);
    }

    [Fact]
    public async Task Follows_from_disk_then_live_in_order_and_without_gaps()
    {
        await using var first = await OpenAsync();
        for (var i = 0; i < 40; i++) await first.StoreAsync(TelemetryHouse.Arrival(), $"old-{i}");
        await first.DisposeAsync();

        await using var house = await OpenAsync(first.Folder, null, ("RecentBytes", "300"));
        var seen = new List<string>();
        var writing = Task.CompletedTask;
        await foreach (var batch in house.Tail.FollowAsync(0, TestContext.Current.CancellationToken))
        {
            foreach (var frame in batch.Frames) seen.Add(Encoding.ASCII.GetString(frame.Bytes.Span));
            if (seen.Count == 40) writing = WriteAsync(house);
            if (seen.Count == 80) break;
        }

        await writing;
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"old-{i}").Concat(Enumerable.Range(0, 40).Select(i => $"new-{i}")), seen);

        static async Task WriteAsync(TelemetryHouse house)
        {
            for (var i = 0; i < 40; i++) await house.StoreAsync(TelemetryHouse.Arrival(), $"new-{i}");
        }
    }

    [Fact]
    public async Task A_clock_that_jumps_back_an_hour_keeps_ids_rising_and_lists_complete()
    {
        await using var house = await OpenAsync();
        var ids = new List<FrameId>();
        foreach (var minutes in new[] { 0, 10, 61, 62, 1, 2, 3, 70 })
            ids.Add(await house.StoreAsync(TelemetryHouse.Arrival(at: Noon.AddMinutes(minutes)), minutes.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(ids.Order(), ids);

        var page = await house.Reader.ListAsync(new("M1", null, null, Limit: 5), default);
        Assert.Equal(["0", "1", "2", "3", "10"], page.Items.Select(Text));
        page = await house.Reader.ListAsync(new("M1", null, null, Limit: 5, After: page.Next), default);
        Assert.Equal(["61", "62", "70"], page.Items.Select(Text));
        Assert.Null(page.Next);
        page = await house.Reader.ListAsync(new(null, Noon.AddMinutes(2), Noon.AddMinutes(62)), default);
        Assert.Equal(["2", "3", "10", "61"], page.Items.Select(Text));
    }

    [Fact]
    public async Task The_index_grows_with_each_checkpoint_and_agrees_with_the_log()
    {
        await using var house = await OpenAsync();
        for (var i = 0; i < 300; i++)
        {
            await house.StoreAsync(TelemetryHouse.Arrival("M" + (i % 3), i % 3, Noon.AddSeconds(i * 20)), $"{i}");
            if (i % 50 == 49) await house.CheckpointAsync(0);
        }

        await house.DisposeAsync();
        await using var again = await OpenAsync(house.Folder);
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}"), (await again.Reader.ListAsync(new(null, null, null, null, 1000), default)).Items.Select(Text));
        Assert.Equal(
            Enumerable.Range(0, 100).Select(i => $"{(i * 3) + 1}"), (await again.Reader.ListAsync(new("M1", null, null, null, 1000), default)).Items.Select(Text));
        Assert.Empty((await again.Reader.ListAsync(new("M3", null, null), default)).Items);
    }

    [Fact]
    public async Task Frames_around_the_end_of_a_month_are_in_two_parts_and_one_list()
    {
        await using var house = await OpenAsync();
        var midnight = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        var receipts = new List<FrameReceipt>();
        for (var i = -3; i < 3; i++) receipts.Add(await house.AppendAsync(TelemetryHouse.Arrival(at: midnight.AddSeconds(i)), $"{i}"));
        await Task.WhenAll(receipts.Select(receipt => receipt.Durable));
        await house.DisposeAsync();

        await using var again = await OpenAsync(house.Folder);
        Assert.Equal(["2026-11", "2026-12"], await house.MonthsAsync("frames", "frame_batch"));
        Assert.Equal(["-3", "-2", "-1", "0", "1", "2"], (await again.Reader.ListAsync(new("M1", null, null), default)).Items.Select(Text));
        await again.StoreAsync(TelemetryHouse.Arrival(at: midnight.AddSeconds(-2)), "back");
        Assert.Equal(7, (await again.Reader.ListAsync(new("M1", null, null), default)).Items.Count);
        Assert.Equal(6, (await TailAsync(again, 6)).Count);
    }

    [Fact]
    public async Task A_changed_byte_on_disk_is_said_not_served()
    {
        await using var house = await OpenAsync();
        var good = await house.StoreAsync(TelemetryHouse.Arrival(), "good");
        var bad = await house.StoreAsync(TelemetryHouse.Arrival(), new string('b', 500));
        await house.DisposeAsync();
        house.Tamper(
            "frames-2026-11.db",
            $"UPDATE frame_batch SET content = CAST(substr(content, 1, length(content) - 1) || x'00' AS BLOB) WHERE id = {bad.Batch}",
            $"UPDATE telemetry.frame_batch SET content = set_byte(content, octet_length(content) - 1, get_byte(content, octet_length(content) - 1) # 1) WHERE id = {bad.Batch}");

        await using var again = await OpenAsync(house.Folder);
        await Assert.ThrowsAsync<BatchCorruptException>(() => again.Reader.FindAsync(bad, default));
        Assert.Equal("good", await again.TextAsync(good));
        var after = await again.StoreAsync(TelemetryHouse.Arrival(), "after");
        Assert.Equal(["good", "after"], (await again.Reader.ListAsync(new("M1", null, null), default)).Items.Select(Text));
        Assert.Equal(["good", "after"], await TailAsync(again, 2));
        Assert.True(after.Batch > bad.Batch);
    }

    [Theory]
    [Requirement("R-5.7.3-6d")]
    [InlineData("DELETE FROM frame_batch", "DELETE FROM telemetry.frame_batch")]
    [InlineData("UPDATE frame_batch SET frames = 0", "UPDATE telemetry.frame_batch SET frames = 0")]
    public async Task The_engine_itself_refuses_to_change_what_was_received(string onFiles, string onPostgres)
    {
        await using var house = await OpenAsync();
        var id = await house.StoreAsync(TelemetryHouse.Arrival(), "kept");

        var refused = Assert.ThrowsAny<System.Data.Common.DbException>(() => house.Execute("frames-2026-11.db", onFiles, onPostgres));

        Assert.Contains("never changed", refused.Message, StringComparison.Ordinal);
        Assert.Equal("kept", await house.TextAsync(id));
    }

    [Fact]
    public async Task Digests_of_an_hour_are_per_station_in_log_order()
    {
        await using var house = await OpenAsync();
        await house.StoreAsync(TelemetryHouse.Arrival("B", 2), "b1");
        await house.StoreAsync(TelemetryHouse.Arrival("A", 1), "a1");
        await house.StoreAsync(TelemetryHouse.Arrival("A", 1, Noon.AddHours(1)), "later");
        await house.StoreAsync(TelemetryHouse.Arrival("A", 1, Noon.AddMinutes(59)), "a2");
        var digests = await house.Reader.HourDigestsAsync(Noon.ToUniversalTime(), default);
        Assert.Equal([1, 2], digests.Select(digest => digest.StationNo));
        Assert.Equal(["a1", "a2"], digests[0].FrameSha256.Select(hash => hash.AsSpan().SequenceEqual(Sha("a1")) ? "a1" : hash.AsSpan().SequenceEqual(Sha("a2")) ? "a2" : "?"));
        Assert.Equal([Sha("b1")], digests[1].FrameSha256);

        static byte[] Sha(string text) => System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(text));
    }

    private static string Text(StoredFrame frame) => Encoding.ASCII.GetString(frame.Bytes.Span);

    private static async Task<List<string>> TailAsync(TelemetryHouse house, int count)
    {
        var seen = new List<string>();
        await foreach (var batch in house.Tail.FollowAsync(0, TestContext.Current.CancellationToken))
        {
            seen.AddRange(batch.Frames.Select(Text));
            if (seen.Count >= count) break;
        }

        return seen.Take(count).ToList();
    }
}
