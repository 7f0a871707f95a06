using Qingyuan.Ledger.Storage;
using Qingyuan.Ledger.Verifying;

namespace Qingyuan.Ledger.Tests.Storage;

/// <summary>The process is killed at every single write, before it, in the middle and after it; then the log is opened again.</summary>
public class CrashTests
{
    [Theory]
    [InlineData(MemoryDisk.Hit.Before)]
    [InlineData(MemoryDisk.Hit.Middle)]
    [InlineData(MemoryDisk.Hit.After)]
    internal void No_acknowledged_entry_is_lost_and_no_size_is_signed_twice_differently(MemoryDisk.Hit how)
    {
        for (var hit = 1; ; hit++)
        {
            var disk = new MemoryDisk { HitAt = hit, How = how };
            var signed = new Dictionary<(string, long), string>();
            var acknowledged = 0;
            var died = false;
            try
            {
                Work(disk, ref acknowledged, signed);
            }
            catch (Killed)
            {
                died = true;
            }

            Note(disk, signed);
            disk.Revive();
            using (var log = TestLog.Open(disk))
            {
                Assert.True(log.Size >= acknowledged, $"hit {hit}: {log.Size} < {acknowledged}");
                Note(disk, signed);
                log.Append(TestLog.Drafts((int)log.Size, 3));
                log.Seal();
                Note(disk, signed);
            }

            var report = LogVerifier.Run(disk);
            Assert.True(report.Ok, $"hit {hit}: {string.Join('\n', report.Findings)}");
            Assert.Equal(Enumerable.Range(0, (int)report.Size), TestLog.Numbers(disk));
            if (!died)
            {
                Assert.True(hit > 30);
                return;
            }
        }
    }

    private static void Work(MemoryDisk disk, ref int acknowledged, Dictionary<(string, long), string> signed)
    {
        for (var round = 0; round < 2; round++)
        {
            using var log = TestLog.Open(disk, options: new() { SegmentBytes = 100_000, HeadsEvery = 100 });
            for (var batch = 0; batch < 2; batch++)
            {
                var count = round == 0 ? 130 : 3; // the first two batches cross the border of a full tile
                log.Append(TestLog.Drafts(acknowledged, count));
                acknowledged += count;
                log.Seal();
                Note(disk, signed);
            }

            log.Append(TestLog.Drafts(acknowledged, 2));
            acknowledged += 2;
        }
    }

    /// <summary>A checkpoint seen once must never be contradicted.</summary>
    private static void Note(MemoryDisk disk, Dictionary<(string, long), string> signed)
    {
        foreach (var suite in Qingyuan.Ledger.Merkle.HashSuite.All)
        {
            if (new LogReader(disk).Checkpoint(suite) is not { } published) continue;
            var checkpoint = published.Checkpoint;
            var root = checkpoint.Root.ToString();
            Assert.Equal(root, signed.GetValueOrDefault((suite.Name, checkpoint.Size), root));
            signed[(suite.Name, checkpoint.Size)] = root;
            Assert.True(signed.Keys.Where(key => key.Item1 == suite.Name).Max(key => key.Item2) <= checkpoint.Size, "sizes only rise");
        }
    }

    [Fact]
    public void A_full_disk_refuses_and_the_next_opening_goes_on()
    {
        var disk = new MemoryDisk();
        var log = TestLog.Open(disk);
        log.Append(TestLog.Drafts(0, 5));
        log.Seal();
        disk.IsFull = true;
        Assert.Throws<IOException>(() => log.Append(TestLog.Drafts(5, 5)));
        disk.IsFull = false;
        Assert.Equal(LogTrouble.Faulted, Assert.Throws<LogException>(() => log.Append(TestLog.Drafts(5, 5))).Trouble);
        Assert.Equal(LogTrouble.Faulted, Assert.Throws<LogException>(log.Seal).Trouble);
        log.Dispose();
        using var again = TestLog.Open(disk);
        again.Append(TestLog.Drafts((int)again.Size, 5));
        again.Seal();
        Assert.True(LogVerifier.Run(disk).Ok);
        Assert.Equal(Enumerable.Range(0, (int)again.Size), TestLog.Numbers(disk));
    }

    [Fact]
    public void A_torn_last_record_is_cut_and_counted_never_repaired()
    {
        var disk = Sealed(10);
        using (var log = TestLog.Open(disk)) log.Append(TestLog.Drafts(10, 3));
        var segment = LogFiles.Segment(0);
        disk.Files[segment] = disk.Files[segment][..^5];
        using var again = TestLog.Open(disk);
        Assert.Equal(12, again.Size);
        Assert.True(again.TornBytes > 100);
        Assert.Equal(Enumerable.Range(0, 12), TestLog.Numbers(disk));
    }

    [Theory]
    [InlineData("segments/00000000000000000000.seg", LogTrouble.Damaged)]
    [InlineData("std/checkpoint", LogTrouble.Damaged)]
    [InlineData("sm/checkpoint", LogTrouble.Damaged)]
    [InlineData("std/tile/0/000.p/10", LogTrouble.Damaged)]
    [InlineData("sm/tile/0/000.p/10", LogTrouble.Damaged)]
    public void A_flipped_bit_in_what_was_signed_refuses_to_open_or_is_found_by_verifying(string path, LogTrouble expected)
    {
        var disk = Sealed(10);
        var report = Record(() =>
        {
            var flipped = disk.Copy();
            flipped.Files[path][flipped.Files[path].Length - 70] ^= 0x10;
            Assert.False(LogVerifier.Run(flipped).Ok);
            TestLog.Open(flipped).Dispose();
        });
        Assert.Equal(expected, Assert.IsType<LogException>(report).Trouble);
    }

    [Fact]
    public void Any_altered_byte_of_any_published_file_fails_verification()
    {
        var disk = Sealed(10);
        foreach (var path in disk.Files.Keys.Where(path => path.StartsWith("std/", StringComparison.Ordinal) || path.StartsWith("sm/", StringComparison.Ordinal) || path.StartsWith("segments/", StringComparison.Ordinal)))
        {
            for (var at = 0; at < disk.Files[path].Length; at += 31)
            {
                var altered = disk.Copy();
                altered.Files[path][at] ^= 1;
                Assert.False(LogVerifier.Run(altered).Ok, $"{path} byte {at}");
            }
        }
    }

    [Fact]
    public void A_bit_that_flips_before_the_seal_refuses_the_batch()
    {
        var disk = Sealed(10);
        using var log = TestLog.Open(disk);
        log.Append(TestLog.Drafts(10, 2));
        disk.Files[LogFiles.Segment(0)][^40] ^= 1;
        Assert.Equal(LogTrouble.Damaged, Assert.Throws<LogException>(log.Seal).Trouble);
        Assert.Equal(10, new LogReader(disk).Checkpoint(Qingyuan.Ledger.Merkle.HashSuite.Sha256)!.Value.Checkpoint.Size);
    }

    [Fact]
    public void Tiles_of_entries_that_were_cut_are_never_served()
    {
        var disk = Sealed(3);
        using (var log = TestLog.Open(disk))
        {
            log.Append(TestLog.Drafts(3, 3));
            disk.HitAt = disk.Writes + 4; // bundle and two tiles of six entries are written, the signing state is not
            Assert.IsType<Killed>(Record(log.Seal));
        }

        Assert.Contains(disk.Files.Keys, path => path.EndsWith(".p/6", StringComparison.Ordinal));
        disk.Revive();
        disk.Files[LogFiles.Segment(0)] = disk.Files[LogFiles.Segment(0)][..^900];
        using var again = TestLog.Open(disk);
        Assert.DoesNotContain(disk.Files.Keys, path => path.EndsWith(".p/6", StringComparison.Ordinal));
        again.Append(TestLog.Drafts((int)again.Size, 5));
        again.Seal();
        Assert.True(LogVerifier.Run(disk).Ok);
    }

    [Fact]
    public void A_second_writer_is_refused_by_the_lock_and_an_older_one_by_the_epoch()
    {
        var disk = new MemoryDisk();
        var first = TestLog.Open(disk);
        Assert.Equal(LogTrouble.InUse, Assert.Throws<LogException>(() => TestLog.Open(disk)).Trouble);
        disk.Revive(); // a lock that a network file system lost
        using var second = TestLog.Open(disk);
        first.Append(TestLog.Drafts(0, 1));
        Assert.Equal(LogTrouble.EpochLost, Assert.Throws<LogException>(first.Seal).Trouble);
    }

    [Fact]
    public void An_old_copy_put_back_is_refused_when_the_index_knows_more()
    {
        var old = Sealed(10);
        Assert.Equal(LogTrouble.Behind, Assert.Throws<LogException>(() => TestLog.Open(old, options: new() { Floor = 11 })).Trouble);
        var mixed = Sealed(10);
        using (var log = TestLog.Open(mixed))
        {
            log.Append(TestLog.Drafts(10, 5));
            log.Seal();
        }

        mixed.Files[LogFiles.Segment(0)] = old.Files[LogFiles.Segment(0)];
        Assert.Equal(LogTrouble.Behind, Assert.Throws<LogException>(() => TestLog.Open(mixed)).Trouble);
        mixed.Files[LogFiles.State] = old.Files[LogFiles.State];
        Assert.Equal(LogTrouble.Behind, Assert.Throws<LogException>(() => TestLog.Open(mixed)).Trouble);
    }

    [Fact]
    public void Lost_signing_state_or_other_keys_are_refused()
    {
        var disk = Sealed(3);
        var other = TestLog.Keys with { Ed25519 = Qingyuan.Ledger.Signing.PrivateKey.Generate(Qingyuan.Ledger.Signing.KeyAlgorithm.Ed25519) };
        Assert.Equal(LogTrouble.OtherLog, Assert.Throws<LogException>(() => EvidenceLog.Open(disk, other, TestLog.Clock())).Trouble);
        disk.Files.Remove(LogFiles.State);
        Assert.Equal(LogTrouble.StateLost, Assert.Throws<LogException>(() => TestLog.Open(disk)).Trouble);
    }

    private static MemoryDisk Sealed(int count)
    {
        var disk = new MemoryDisk();
        using var log = TestLog.Open(disk);
        log.Append(TestLog.Drafts(0, count));
        log.Seal();
        return disk;
    }

    private static Exception? Record(Action act) => Xunit.Record.Exception(act);
}
