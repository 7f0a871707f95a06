using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Evidence;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Texts;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Evidence;

/// <summary>Database and log files of one backup: the files were copied first, so the database knows places in the log that did not come back.</summary>
public class RestoredLedgerTests
{
    private static readonly Actor Person = new("u:wang", Roles.SystemAdmin, "ORG", "totp");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Records_whose_entries_the_backup_came_too_early_for_are_logged_again_in_order(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine);
        await bench.RecordAsync("one");
        await bench.RecordAsync("two");
        await bench.TurnAsync();
        var ledger = bench.Get<DataDirectory>().Ledger;
        var early = Directory.CreateTempSubdirectory("qingyuan-early-").FullName;
        Copy(ledger, early);
        Guid[] late = [await bench.RecordAsync("three"), await bench.RecordAsync("four")];
        await bench.TurnAsync();
        var waiting = await bench.RecordAsync("five");
        await using var restored = await RestoreAsync(bench, ledger, early);

        var aligned = await restored.Get<IRestoredLedger>().AlignAsync(TestContext.Current.CancellationToken);
        await restored.Get<IRestoredLedger>().SucceedAsync("disk lost", Person, TestContext.Current.CancellationToken);
        await restored.TurnAsync();

        Assert.Equal((2, 2), (aligned.Size, aligned.Requeued));
        var audit = await restored.Get<ILedgerAudit>().RunAsync(TestContext.Current.CancellationToken);
        Assert.True(audit.Ok, string.Join('\n', audit.Findings));
        Assert.Equal((6, 0), (audit.Size, audit.Waiting)); // five records and the succession
        var places = (await restored.RowsAsync<LedgerPosition>()).ToDictionary(row => row.EntryId, row => row.LogIndex);
        Assert.Equal([2L, 3, 4], [places[late[0]], places[late[1]], places[waiting]]);
        foreach (var id in late) Assert.True((await restored.Reader.VerifyAsync(id, TestContext.Current.CancellationToken)).Ok);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_log_that_grew_while_it_was_copied_is_whole_up_to_its_checkpoint_and_its_successor_takes_the_rest_once(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine);
        await bench.RecordAsync("one");
        await bench.TurnAsync();
        var ledger = bench.Get<DataDirectory>().Ledger;
        var early = Directory.CreateTempSubdirectory("qingyuan-early-").FullName;
        Copy(ledger, early);
        Guid[] late = [await bench.RecordAsync("two"), await bench.RecordAsync("three")];
        await bench.TurnAsync();
        foreach (var segment in Directory.EnumerateFiles(Path.Combine(ledger, "segments"))) File.Copy(segment, Path.Combine(early, "segments", Path.GetFileName(segment)), overwrite: true); // read after the checkpoints
        await using var restored = await RestoreAsync(bench, ledger, early);

        Assert.Equal((1, 2), await restored.Get<IRestoredLedger>().AlignAsync(TestContext.Current.CancellationToken) is var aligned ? (aligned.Size, aligned.Requeued) : default);

        var held = await restored.Get<ILedgerAudit>().RunAsync(TestContext.Current.CancellationToken);
        Assert.True(held.Ok, string.Join('\n', held.Findings));
        Assert.Empty((await restored.Get<ILedgerAudit>().ProveAsync(10, TestContext.Current.CancellationToken)).Failed);
        await restored.Get<IRestoredLedger>().SucceedAsync("disk lost", Person, TestContext.Current.CancellationToken);
        await restored.TurnAsync();
        var audit = await restored.Get<ILedgerAudit>().RunAsync(TestContext.Current.CancellationToken);
        Assert.True(audit.Ok, string.Join('\n', audit.Findings));
        Assert.Equal((4, 0), (audit.Size, audit.Waiting)); // three records and the succession
        foreach (var id in late) Assert.True((await restored.Reader.VerifyAsync(id, TestContext.Current.CancellationToken)).Ok);
    }

    [Fact]
    public async Task A_restored_log_that_was_tampered_with_gets_no_successor()
    {
        await using var bench = await EvidenceBench.OpenAsync(Engine.Sqlite);
        await bench.RecordAsync("one");
        await bench.TurnAsync();
        var ledger = bench.Get<DataDirectory>().Ledger;
        var early = Directory.CreateTempSubdirectory("qingyuan-early-").FullName;
        Copy(ledger, early);
        var segment = Directory.EnumerateFiles(Path.Combine(early, "segments")).Single();
        var bytes = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        bytes[^5] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, TestContext.Current.CancellationToken);
        await using var restored = await RestoreAsync(bench, ledger, early);

        await Assert.ThrowsAsync<LogException>(() => restored.Get<IRestoredLedger>().AlignAsync(TestContext.Current.CancellationToken));
        Assert.Equal("ledger.not-verified", (await restored.Get<IRestoredLedger>().SucceedAsync("disk lost", Person, TestContext.Current.CancellationToken)).Refusal.Code);
        Assert.True(restored.Get<IRestoredLedger>().IsHeld);
    }

    [Fact]
    public async Task What_a_node_copied_is_held_and_short_of_entries_and_nothing_of_it_looks_like_damage()
    {
        await using var bench = await EvidenceBench.OpenAsync(Engine.Sqlite);
        await bench.RecordAsync("one");
        await bench.RecordAsync("two");
        await bench.TurnAsync();
        var ledger = bench.Get<DataDirectory>().Ledger;
        var early = Directory.CreateTempSubdirectory("qingyuan-early-").FullName;
        Copy(ledger, early);
        await bench.RecordAsync("three");
        await bench.TurnAsync();
        await using var copied = await RestoreAsync(bench, ledger, early);
        var audit = copied.Get<ILedgerAudit>();

        var held = await audit.RunAsync(Ct);

        Assert.Empty(held.Findings);
        Assert.Equal((true, 2L, 1L), (held.Standing.IsHeld, held.Size, held.Missing));
        Assert.False(held.Ok); // an entry that is not here was not verified
        Assert.False(Directory.Exists(Path.Combine(ledger, "std", "tile"))); // a verification writes nothing
        var succession = (await copied.Get<IRestoredLedger>().SucceedAsync("first is lost", Person, Ct)).Value;
        Assert.Equal(new LogStanding(false, succession.Origin), LogStanding.Of(copied.Get<ILogDisk>()));
        await copied.TurnAsync();
        var after = await audit.RunAsync(Ct);
        Assert.True(after.Ok, string.Join('\n', after.Findings));
        Assert.Equal((LogStanding.Signed, succession.Origin), (after.Standing, after.Origin));
    }

    [Fact]
    public async Task A_damaged_entry_or_tile_of_a_held_log_stays_a_finding()
    {
        await using var bench = await EvidenceBench.OpenAsync(Engine.Sqlite);
        await bench.RecordAsync("one");
        await bench.TurnAsync();
        var ledger = bench.Get<DataDirectory>().Ledger;
        var early = Directory.CreateTempSubdirectory("qingyuan-early-").FullName;
        Copy(ledger, early);
        await using var copied = await RestoreAsync(bench, ledger, early);
        var tile = Path.Combine(ledger, "std", "tile", "0", "000.p", "1");
        Directory.CreateDirectory(Path.GetDirectoryName(tile)!);
        await File.WriteAllBytesAsync(tile, new byte[32], Ct);
        Assert.Equal(["tile-std"], (await copied.Get<ILedgerAudit>().RunAsync(Ct)).Findings.Select(finding => finding.Check));

        var segment = Directory.EnumerateFiles(Path.Combine(ledger, "segments")).Single();
        var bytes = await File.ReadAllBytesAsync(segment, Ct);
        bytes[^5] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, Ct);
        var damaged = await copied.Get<ILedgerAudit>().RunAsync(Ct);
        Assert.True(damaged.Standing.IsHeld);
        Assert.Contains("segment", damaged.Findings.Select(finding => finding.Check));
    }

    [Fact]
    public async Task A_node_without_copies_makes_no_log_of_its_own_and_says_how_the_entries_come_to_it()
    {
        await using var bench = await EvidenceBench.OpenAsync(Engine.Sqlite);
        await bench.RecordAsync("one");
        await bench.TurnAsync();
        var ledger = bench.Get<DataDirectory>().Ledger;
        var first = Directory.CreateTempSubdirectory("qingyuan-first-").FullName;
        Copy(ledger, first);
        await using var other = await bench.RestartAsync();
        Directory.Delete(ledger, recursive: true);
        await other.RecordAsync("two");

        await other.TurnAsync();

        Assert.Contains("Behind (0 < 1", other.Health.Now.Trouble, StringComparison.Ordinal);
        Assert.False(LogSuccession.IsAlive(other.Get<ILogDisk>()));
        var refusal = (await other.Get<IRestoredLedger>().SucceedAsync("first is lost", Person, Ct)).Refusal;
        Assert.Equal("ledger.behind 0 1", $"{refusal.Code} {string.Join(' ', refusal.Args)}");
        Assert.NotNull(other.Get<Sentences>().Find(refusal.Code));

        Copy(first, ledger);
        foreach (var own in (string[])["state.json", "heads.json"]) File.Delete(Path.Combine(ledger, own));
        Assert.True((await other.Get<IRestoredLedger>().SucceedAsync("first is lost", Person, Ct)).IsOk);
        await other.TurnAsync();
        var audit = await other.Get<ILedgerAudit>().RunAsync(Ct);
        Assert.True(audit.Ok, string.Join('\n', audit.Findings));
        Assert.Equal((3L, 0), (audit.Size, audit.Waiting)); // two records and the succession
    }

    /// <summary>The lost installation's files are gone; what the backup holds of the log takes their place.</summary>
    private static async Task<EvidenceBench> RestoreAsync(EvidenceBench bench, string ledger, string early)
    {
        var restored = await bench.RestartAsync();
        Directory.Delete(ledger, recursive: true);
        Copy(early, ledger);
        foreach (var made in (string[])["state.json", "heads.json"]) File.Delete(Path.Combine(ledger, made));
        foreach (var tiles in (string[])["std/tile", "sm/tile"]) Directory.Delete(Path.Combine(ledger, tiles), recursive: true);
        return restored;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is not "lock"))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
