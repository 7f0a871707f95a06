using Qingyuan.Ledger.Merkle;
using Qingyuan.Ledger.Signing;
using Qingyuan.Ledger.Storage;
using Qingyuan.Ledger.Verifying;

namespace Qingyuan.Ledger.Tests.Storage;

/// <summary>A log that came from a backup: it keeps its entries, never signs under its old name, and goes on under another one.</summary>
public class SuccessionTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(255, 0)]
    [InlineData(256, 3)]
    [InlineData(700, 40)]
    public void Tiles_made_anew_from_the_entries_are_those_that_were_published(int sealedEntries, int waiting)
    {
        var (original, restored) = Backup(sealedEntries, waiting);

        var log = LogRestoration.Rebuild(restored);

        Assert.Equal((TestLog.Origin, sealedEntries, sealedEntries + waiting), (log.Origin, log.Size, log.Entries));
        Assert.Equal(Tiles(original), Tiles(restored));
        Assert.True(LogVerifier.Run(restored).Ok);
    }

    [Fact]
    public void A_restored_log_does_not_sign_until_it_is_succeeded()
    {
        var (_, restored) = Backup(20, 2);
        LogRestoration.Rebuild(restored);

        Assert.True(LogSuccession.IsHeld(restored));
        Assert.Null(LogSuccession.NameOf(restored));
        Assert.Equal(LogTrouble.StateLost, Assert.Throws<LogException>(() => TestLog.Open(restored)).Trouble);
    }

    [Fact]
    public void The_successor_goes_on_from_the_restored_entries_under_its_own_name()
    {
        var (original, restored) = Backup(300, 5);
        var name = LogSuccession.NameAfter(TestLog.Origin);

        LogSuccession.Begin(restored, name);
        using (var log = EvidenceLog.Open(restored, KeysOf(name), TestLog.Clock()))
        {
            Assert.Equal((300, 305), (log.SealedSize, log.Size));
            log.Append(TestLog.Drafts(305, 5));
            log.Seal();
        }

        var report = LogVerifier.Run(restored);
        Assert.True(report.Ok, string.Join('\n', report.Findings));
        Assert.Equal((name, 310), (report.Origin, report.Size));
        Assert.Equal(Enumerable.Range(0, 310), TestLog.Numbers(restored));
        Assert.Equal(name, LogSuccession.NameOf(restored));
        foreach (var suite in HashSuite.All) // what was signed before still stands, to the byte
            Assert.Equal(new LogReader(original).CheckpointBytes(suite), Assert.Single(restored.Files, file => file.Key.EndsWith($"/{suite.Name}-checkpoint", StringComparison.Ordinal)).Value);
    }

    [Fact]
    public void A_successor_opens_again_and_again()
    {
        var (_, restored) = Backup(10, 0);
        var keys = KeysOf(LogSuccession.NameAfter(TestLog.Origin));
        LogSuccession.Begin(restored, keys.Origin);

        for (var turn = 0; turn < 3; turn++)
        {
            using var log = EvidenceLog.Open(restored, keys, TestLog.Clock());
            log.Append(TestLog.Drafts((int)log.Size, 1));
            log.Seal();
        }

        Assert.Equal(13, LogVerifier.Run(restored).Size);
        Assert.False(LogSuccession.IsHeld(restored));
    }

    [Fact]
    public void Every_succession_has_a_name_of_its_own()
    {
        var first = LogSuccession.NameAfter("evidence.example/r/1");
        var second = LogSuccession.NameAfter(first);

        Assert.NotEqual(first, second);
        Assert.Equal(first.Length, second.Length);
        Assert.StartsWith("evidence.example/r/1/r", second, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_signed_like_that_is_neither_rebuilt_nor_succeeded()
    {
        var (_, restored) = Backup(40, 0);
        var segment = LogFiles.Segment(0);
        restored.Files[segment] = restored.Files[segment][..^300]; // the last entry is cut

        Assert.Equal(LogTrouble.Behind, Assert.Throws<LogException>(() => LogRestoration.Rebuild(restored)).Trouble);
        Assert.Throws<LogException>(() => LogSuccession.Begin(restored, "evidence.example/other"));
        Assert.Empty(Tiles(restored));
        Assert.False(restored.Files.ContainsKey(LogFiles.State));
    }

    [Fact]
    public void A_log_with_its_signing_state_has_no_successor()
    {
        var disk = new MemoryDisk();
        TestLog.Open(disk).Dispose();

        Assert.Throws<InvalidOperationException>(() => LogSuccession.Begin(disk, "evidence.example/other"));
    }

    [Fact]
    public void A_death_at_any_write_of_a_succession_leaves_it_to_be_done_again()
    {
        var (_, restored) = Backup(260, 2);
        var keys = KeysOf(LogSuccession.NameAfter(TestLog.Origin));
        for (var hit = 1; ; hit++)
        {
            var disk = restored.Copy();
            (disk.HitAt, disk.How) = (hit, MemoryDisk.Hit.Middle);
            var died = false;
            try
            {
                Succeed(disk, keys);
            }
            catch (Killed)
            {
                died = true;
            }

            disk.Revive();
            Succeed(disk, keys);
            Assert.True(LogVerifier.Run(disk) is { Ok: true, Size: 262 }, $"hit {hit}");
            if (died) continue;
            Assert.True(hit > 5);
            return;
        }
    }

    private static void Succeed(MemoryDisk disk, LogKeys keys)
    {
        if (LogSuccession.IsHeld(disk)) LogSuccession.Begin(disk, keys.Origin);
        using var log = EvidenceLog.Open(disk, keys, TestLog.Clock());
        log.Seal();
    }

    /// <summary>A log, and what a backup of it holds: segments, checkpoints, public keys.</summary>
    private static (MemoryDisk Original, MemoryDisk Restored) Backup(int sealedEntries, int waiting)
    {
        var original = new MemoryDisk();
        using (var log = TestLog.Open(original))
        {
            for (var from = 0; from < sealedEntries; from += 100)
            {
                log.Append(TestLog.Drafts(from, Math.Min(100, sealedEntries - from)));
                log.Seal();
            }

            if (waiting > 0) log.Append(TestLog.Drafts(sealedEntries, waiting));
        }

        var restored = new MemoryDisk();
        foreach (var (path, bytes) in original.Files)
            if (path.StartsWith(LogFiles.Segments, StringComparison.Ordinal) || path.EndsWith("/checkpoint", StringComparison.Ordinal) || path == LogFiles.Keys) restored.Files[path] = bytes;
        return (original, restored);
    }

    private static SortedDictionary<string, string> Tiles(MemoryDisk disk) => new(disk.Files.Where(file => file.Key.Contains("/tile/", StringComparison.Ordinal))
        .ToDictionary(file => file.Key, file => Convert.ToBase64String(file.Value)), StringComparer.Ordinal);

    private static LogKeys KeysOf(string name) => new(name, PrivateKey.Generate(KeyAlgorithm.Ed25519), PrivateKey.Generate(KeyAlgorithm.Sm2), [PrivateKey.Generate(KeyAlgorithm.Ed25519)]);
}
