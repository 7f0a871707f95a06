using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Merkle;
using Qingyuan.Ledger.Storage;
using Qingyuan.Ledger.Verifying;

namespace Qingyuan.Ledger.Tests.Storage;

public class EvidenceLogTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1000)]
    public void What_is_sealed_in_batches_verifies_whole_and_entry_by_entry(int count)
    {
        var disk = new MemoryDisk();
        using (var log = TestLog.Open(disk))
        {
            for (var from = 0; from < count; from += 100)
            {
                log.Append(TestLog.Drafts(from, Math.Min(100, count - from)));
                log.Seal();
            }
        }

        var report = LogVerifier.Run(disk);
        Assert.True(report.Ok, string.Join('\n', report.Findings));
        Assert.Equal((count, 0), (report.Size, report.Unsealed));
        var reader = new LogReader(disk);
        foreach (var index in new[] { 0, count / 2, count - 1 })
        {
            var bundle = ProofBundle.Verify(ProofBundle.Create(reader, index)!);
            Assert.True(bundle!.Ok, string.Join('\n', bundle.Checks));
        }
    }

    [Fact]
    public void Old_checkpoints_tiles_can_still_be_read_after_the_tree_grew()
    {
        var disk = new MemoryDisk();
        using var log = TestLog.Open(disk);
        log.Append(TestLog.Drafts(0, 7));
        log.Seal();
        var reader = new LogReader(disk);
        var narrow = reader.Tile(HashSuite.Sm3, new TileAddress(0, 0, 7));
        log.Append(TestLog.Drafts(7, 300));
        log.Seal();
        Assert.Equal(narrow, reader.Tile(HashSuite.Sm3, new TileAddress(0, 0, 7)));
        Assert.NotNull(reader.Tile(HashSuite.Sha256, new TileAddress(TileAddress.Entries, 0, 7)));
        Assert.Null(reader.Tile(HashSuite.Sha256, new TileAddress(0, 5, 1)));
    }

    [Fact]
    public void Two_checkpoints_of_a_growing_log_are_consistent()
    {
        var disk = new MemoryDisk();
        using var log = TestLog.Open(disk);
        log.Append(TestLog.Drafts(0, 300));
        log.Seal();
        var older = HashSuite.All.Select(suite => new LogReader(disk).Checkpoint(suite)!.Value.Checkpoint).ToArray();
        log.Append(TestLog.Drafts(300, 411));
        log.Seal();
        foreach (var (suite, old) in HashSuite.All.Zip(older))
        {
            var now = new LogReader(disk).Checkpoint(suite)!.Value.Checkpoint;
            var path = MerkleTree.Consistency(suite, old.Size, now.Size, new TileFiles(disk).Source(suite, now.Size));
            Assert.True(ProofCheck.Consistency(suite, old.Size, old.Root, now.Size, now.Root, path));
        }
    }

    [Fact]
    public void Seals_when_256_wait_or_after_a_second_and_signs_an_unchanged_log_every_ten_minutes()
    {
        var disk = new MemoryDisk();
        var clock = TestLog.Clock();
        using var log = TestLog.Open(disk, clock);
        log.Append(TestLog.Drafts(0, 1));
        Assert.False(log.SealIfDue());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(log.SealIfDue());
        Assert.False(log.SealIfDue());
        log.Append(TestLog.Drafts(1, 255));
        Assert.False(log.IsSealDue);
        log.Append(TestLog.Drafts(256, 1));
        Assert.True(log.SealIfDue());
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True(log.SealIfDue());
        Assert.Equal(257, log.SealedSize);
    }

    [Fact]
    public void A_clock_set_back_to_1970_delays_no_seal()
    {
        var clock = new JumpingClock();
        using var log = TestLog.Open(new MemoryDisk(), clock);
        log.Append(TestLog.Drafts(0, 1));
        clock.Wall = DateTimeOffset.UnixEpoch;
        clock.Monotonic += TimeProvider.System.TimestampFrequency;
        Assert.True(log.SealIfDue());
    }

    [Fact]
    public void Opening_again_continues_every_streams_chain()
    {
        var disk = new MemoryDisk();
        using (var log = TestLog.Open(disk, options: new() { HeadsEvery = 10 }))
        {
            log.Append(TestLog.Drafts(0, 25));
            log.Seal();
            log.Append(TestLog.Drafts(25, 4));
        }

        using (var log = TestLog.Open(disk))
        {
            Assert.Equal((29, 25, 2), (log.Size, log.SealedSize, log.Epoch));
            log.Append(TestLog.Drafts(29, 4));
            log.Seal();
        }

        Assert.True(LogVerifier.Run(disk).Ok);
        Assert.Equal(Enumerable.Range(0, 33), TestLog.Numbers(disk));
    }

    [Fact]
    public void Segments_roll_and_read_as_one()
    {
        var disk = new MemoryDisk();
        for (var round = 0; round < 5; round++)
        {
            using var log = TestLog.Open(disk, options: new() { SegmentBytes = 5000 });
            log.Append(TestLog.Drafts(round * 20, 20));
            log.Seal();
        }

        Assert.True(LogFiles.SegmentStarts(disk).Count > 2);
        Assert.Equal(Enumerable.Range(0, 100), TestLog.Numbers(disk));
        Assert.True(LogVerifier.Run(disk).Ok);
    }

    [Fact]
    public void The_longest_envelope_is_taken_and_a_longer_one_refused_before_anything_is_written()
    {
        var disk = new MemoryDisk();
        var empty = TestLog.Draft(0) with { Body = new() { ["number"] = "0", ["text"] = "" } };
        using (var measure = TestLog.Open(new MemoryDisk())) measure.Append([empty]);
        var overhead = Canonical.CanonicalJsonTests.Vector.Length; // any start; measured below
        using (var probe = TestLog.Open(disk))
        {
            probe.Append([empty]);
            overhead = (int)disk.Length(LogFiles.Segment(0)) - SegmentRecord.HeaderLength;
        }

        var fresh = new MemoryDisk();
        using var log = TestLog.Open(fresh);
        log.Append([empty with { Body = new() { ["number"] = "0", ["text"] = new string('x', 65_535 - overhead) } }]);
        Assert.Equal(65_535 + SegmentRecord.HeaderLength, fresh.Length(LogFiles.Segment(0)));
        log.Seal();
        Assert.True(LogVerifier.Run(fresh).Ok);
        Assert.Throws<Qingyuan.Ledger.Canonical.CanonicalException>(() => log.Append([empty with { Body = new() { ["number"] = "0", ["text"] = new string('x', 65_536 - overhead) } }]));
        Assert.Equal(65_535 + SegmentRecord.HeaderLength, fresh.Length(LogFiles.Segment(0)));
    }

    private sealed class JumpingClock : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

        public long Monotonic { get; set; }

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Monotonic;
    }
}
