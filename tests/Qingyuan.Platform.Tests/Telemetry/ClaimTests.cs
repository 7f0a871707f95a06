using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using Qingyuan.Platform.Telemetry;
using Qingyuan.Platform.Telemetry.Frames;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>Taking the log over from a node that still appends.</summary>
public class ClaimTests
{
    [Fact]
    public void What_the_other_node_appended_until_the_claim_is_what_the_next_batch_follows()
    {
        var store = new AppendedMeanwhile();
        using var metrics = new TelemetryMetrics();
        using var packers = new BatchPackers(new());
        var committer = new FrameCommitter(store, store, new(0), new() { MinimumFreeBytes = 0 }, metrics, NullLogger<FrameCommitter>.Instance);
        var next = committer.Open();
        var buffer = new FrameBuffer(new(), packers);
        var (arrival, bytes) = (TelemetryHouse.Arrival(), new ReadOnlySequence<byte>(new byte[10]));
        Assert.True(buffer.TryAdd(in arrival, in bytes, ref next, out _));

        committer.Commit(buffer);

        Assert.Equal(AppendedMeanwhile.Late.Sha256, Assert.Single(store.Appended).PreviousSha256);
        Assert.Equal(8, FrameCommitter.EpochOf(store.Appended[0].Id));
    }

    /// <summary>The other node's last batch arrives just before the claim.</summary>
    private sealed class AppendedMeanwhile : IFrameStore, IMarkStore
    {
        public static readonly LogHead Late = new((7L << 32) + 2, [.. Enumerable.Repeat((byte)2, 32)]);
        private LogHead _head = new((7L << 32) + 1, [.. Enumerable.Repeat((byte)1, 32)]);

        public List<BatchRow> Appended { get; } = [];

        public LogHead ReadHead() => _head;

        public long Claim(long atLeast)
        {
            _head = Late;
            return atLeast;
        }

        public void Append(IReadOnlyList<BatchRow> batches) => Appended.AddRange(batches);

        public void Probe()
        {
        }

        public BatchRow? Find(long id) => null;

        public IReadOnlyList<BatchRow> ReadAfter(long after, int limit) => [];

        public (long Free, long Total)? Space() => null;

        public long Read(string name) => 0;

        public void Write(string name, long value)
        {
        }
    }
}
