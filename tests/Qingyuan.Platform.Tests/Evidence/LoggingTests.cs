using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Ledger.Canonical;
using Qingyuan.Ledger.Storage;
using Qingyuan.Ledger.Verifying;
using Qingyuan.Platform.Evidence;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Evidence.Logging;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Evidence;

public class LoggingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Act_and_evidence_are_written_together_or_not_at_all(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.Get<IDatabase>().WriteAsync<int>(
            (db, _) =>
            {
                bench.Record(db, "never happened", FakeStations.Gas);
                throw new InvalidOperationException("the act failed");
            },
            Ct));
        Assert.Empty(await bench.RowsAsync<LedgerEntryRow>());
        Assert.Empty(await bench.RowsAsync<EvidenceOutboxRow>());
        var id = await bench.RecordAsync();
        Assert.Equal(id, Assert.Single(await bench.RowsAsync<LedgerEntryRow>()).Id);
        Assert.Equal(id, Assert.Single(await bench.RowsAsync<EvidenceOutboxRow>()).EntryId);
        Assert.Equal(EvidenceState.Received, (await bench.Reader.FindAsync(id, Ct))!.State);
        Assert.Null(await bench.Reader.BundleAsync(id, Ct));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_very_same_record_is_known_and_any_other_is_not(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine);
        var said = new LedgerEntryDraft("device.state", null, FakeStations.Gas, "cod", EvidenceBench.Technician, EvidenceBench.Start.AddTicks(1_234_567), new() { ["state"] = "1", ["frame"] = "1-4" });
        var (database, ledger) = (bench.Get<IDatabase>(), bench.Get<IElectronicLedger>());
        await database.WriteAsync((db, _) => Task.FromResult(ledger.Record(db, said)), Ct);
        await using var read = database.Read();
        Assert.True(await ledger.HasAsync(read, said with { At = said.At.ToUniversalTime() }, Ct));
        Assert.False(await ledger.HasAsync(read, said with { Body = new() { ["state"] = "1", ["frame"] = "1-5" } }, Ct));
        Assert.False(await ledger.HasAsync(read, said with { Device = null }, Ct));
        Assert.False(await ledger.HasAsync(read, said with { At = said.At.AddSeconds(1) }, Ct));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.4.1-1b")]
    public async Task A_record_shows_its_place_in_its_chain_and_the_hash_of_the_one_before(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine);
        var (first, second) = (await bench.RecordAsync("one"), await bench.RecordAsync("two"));
        Assert.Null((await bench.Reader.FindAsync(first, Ct))!.Seq);
        await bench.TurnAsync();
        Assert.True(Envelope.TryRead(new LogReader(bench.Get<ILogDisk>()).Envelope(0, 2)!.Value, out var envelope));
        var before = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(envelope!.Entry.Span));
        var (one, two) = ((await bench.Reader.FindAsync(first, Ct))!, (await bench.Reader.FindAsync(second, Ct))!);
        Assert.Equal((1L, Convert.ToBase64String(new byte[32])), (one.Seq, one.Prev));
        Assert.Equal((2L, before), (two.Seq, two.Prev));
        Assert.Equal([2L, 1L], (await bench.Reader.ListAsync(new(), Ct)).Items.Select(entry => entry.Seq!.Value));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.4.1-1b")]
    [Requirement("R-5.7.3-4b")]
    public async Task A_record_is_logged_within_a_second_and_proves_itself(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine);
        var id = await bench.RecordAsync();
        await bench.TurnAsync();
        var entry = (await bench.Reader.FindAsync(id, Ct))!;
        Assert.Equal((EvidenceState.Logged, 0L), (entry.State, entry.LogIndex));
        Assert.Empty(await bench.RowsAsync<EvidenceOutboxRow>());
        var verification = await bench.Reader.VerifyAsync(id, Ct);
        Assert.True(verification.Ok, string.Join('\n', verification.Checks));
        Assert.Equal(
            ["bytes", "canonical", "source-signature", "path-sha256", "path-sm3", "signature-ed25519", "signature-sm2", "policy", "record"],
            verification.Checks.Select(check => check.Check));
        var report = ProofBundle.Verify((await bench.Reader.BundleAsync(id, Ct))!, new LogReader(bench.Disk).Keys());
        Assert.True(report!.Ok);
        Assert.True(report.IsSingleParty);
        Assert.Contains("\"site\":\"outlet:P-DW001\"", report.Entry, StringComparison.Ordinal);
        Assert.Equal(new EvidenceHealth(1, 0, bench.Clock.GetUtcNow(), null), bench.Health.Now);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.7.3-4a")]
    [Requirement("R-5.7.3-4b")]
    public async Task A_changed_row_or_a_changed_byte_on_disk_fails_the_verification(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine);
        var id = await bench.RecordAsync();
        await bench.TurnAsync();
        await bench.Get<IDatabase>().WriteAsync(
            (db, token) => db.Database.ExecuteSqlRawAsync(engine is Engine.Sqlite
                ? "UPDATE ledger_entry SET \"Body\" = replace(\"Body\", '0.42', '0.01')"
                : "UPDATE ledger_entry SET \"Body\" = replace(\"Body\", '0.42', '0.01')", token),
            Ct);
        var verification = await bench.Reader.VerifyAsync(id, Ct);
        Assert.Equal(["record"], verification.Checks.Where(check => !check.Ok).Select(check => check.Check));

        var bundle = Directory.GetFiles(Path.Combine(bench.Get<DataDirectory>().Ledger, "std", "tile", "entries"), "*", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(bundle, Ct);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(bundle, bytes, Ct);
        Assert.Contains((await bench.Reader.VerifyAsync(id, Ct)).Checks, check => check is { Check: "path-sha256", Ok: false });
        Assert.False(LogVerifier.Run(bench.Disk, ct: Ct).Ok);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_process_killed_between_append_and_mark_logs_nothing_twice(Engine engine)
    {
        var bench = await EvidenceBench.OpenAsync(engine);
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++) ids.Add(await bench.RecordAsync($"note {i}"));
        await bench.Get<LogDrain>().RoundAsync(Ct); // appended, neither sealed nor marked
        Assert.Equal(5, (await bench.RowsAsync<EvidenceOutboxRow>()).Count);

        bench = await bench.RestartAsync();
        ids.Add(await bench.RecordAsync("after the restart"));
        await bench.TurnAsync();
        Assert.Empty(await bench.RowsAsync<EvidenceOutboxRow>());
        Assert.Equal(ids, (await bench.RowsAsync<LedgerPosition>()).OrderBy(row => row.LogIndex).Select(row => row.EntryId));
        Assert.Equal(6, new LogReader(bench.Disk).Envelopes(0).Count());
        await bench.DisposeAsync();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_restart_continues_every_streams_chain(Engine engine)
    {
        var bench = await EvidenceBench.OpenAsync(engine);
        for (var round = 0; round < 3; round++)
        {
            await bench.RecordAsync($"gas {round}");
            await bench.RecordAsync($"water {round}", FakeStations.Water);
            await bench.RecordAsync($"platform {round}", null);
            await bench.TurnAsync();
            bench = await bench.RestartAsync();
        }

        var report = LogVerifier.Run(bench.Disk, ct: Ct);
        Assert.True(report.Ok, string.Join('\n', report.Findings));
        var streams = (await bench.RowsAsync<LedgerPosition>()).GroupBy(row => row.Stream).ToDictionary(group => group.Key, group => group.Select(row => row.Seq).Order().ToArray());
        Assert.Equal(["OPS/outlet:P-DW001", "OPS/outlet:P-DW002", "OPS/platform"], streams.Keys.Order(StringComparer.Ordinal));
        Assert.All(streams.Values, seqs => Assert.Equal([1, 2, 3], seqs));
        await bench.DisposeAsync();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_full_disk_stalls_the_log_alarms_stops_no_recording_and_recovers_by_itself(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine);
        await bench.RecordAsync("before");
        await bench.TurnAsync();
        bench.Disk.IsFull = true;
        var during = await bench.RecordAsync("during");
        await bench.TurnAsync();
        Assert.Contains("No space left", bench.Health.Now.Trouble, StringComparison.Ordinal);
        Assert.Equal(1, bench.Health.Now.Waiting);
        Assert.Empty(bench.Alarm.Said);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.RecordAsync("still recording");
        await bench.TurnAsync();
        Assert.StartsWith("stalled: No space left", bench.Alarm.Said[0], StringComparison.Ordinal);

        bench.Disk.IsFull = false;
        await bench.TurnAsync();
        Assert.Equal("recovered", bench.Alarm.Said[^1]);
        Assert.Null(bench.Health.Now.Trouble);
        Assert.True((await bench.Reader.VerifyAsync(during, Ct)).Ok);
        var report = LogVerifier.Run(bench.Disk, ct: Ct);
        Assert.True(report.Ok, string.Join('\n', report.Findings));
        Assert.Equal(3, report.Size);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task More_than_one_batch_is_drained_in_one_turn_in_order(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine);
        var ids = await bench.Get<IDatabase>().WriteAsync(
            (db, _) => Task.FromResult(Enumerable.Range(0, 600).Select(i => bench.Record(db, $"note {i}", FakeStations.Gas)).ToList()), Ct);
        await bench.TurnAsync();
        Assert.Equal(600, (await bench.RowsAsync<LedgerPosition>()).Select(row => row.EntryId).Intersect(ids).Count());
        Assert.True(LogVerifier.Run(bench.Disk, ct: Ct).Ok);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_lost_index_is_rebuilt_from_the_log(Engine engine)
    {
        var bench = await EvidenceBench.OpenAsync(engine);
        for (var i = 0; i < 6; i++) await bench.RecordAsync($"note {i}");
        await bench.TurnAsync();
        var before = (await bench.RowsAsync<LedgerPosition>()).OrderBy(row => row.LogIndex).Select(row => (row.EntryId, row.LogIndex, row.LeafSha256, row.Seq)).ToList();
        await bench.Get<IDatabase>().WriteAsync((db, token) => db.Set<LedgerPosition>().Where(row => row.LogIndex < 3).ExecuteDeleteAsync(token), Ct);
        bench = await bench.RestartAsync();
        await bench.TurnAsync();
        Assert.Equal(before, (await bench.RowsAsync<LedgerPosition>()).OrderBy(row => row.LogIndex).Select(row => (row.EntryId, row.LogIndex, row.LeafSha256, row.Seq)));
        Assert.Equal(6, new LogReader(bench.Disk).Envelopes(0).Count());
        await bench.DisposeAsync();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.7.3-4b")]
    public async Task The_audit_finds_a_changed_and_a_deleted_record(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine);
        for (var i = 0; i < 4; i++) await bench.RecordAsync($"note {i}");
        await bench.TurnAsync();
        var audit = bench.Get<ILedgerAudit>();
        Assert.True((await audit.RunAsync(Ct)).Ok);
        await bench.Get<IDatabase>().WriteAsync(
            async (db, token) =>
            {
                await db.Database.ExecuteSqlRawAsync("UPDATE ledger_entry SET \"Kind\" = 'om.other' WHERE \"Body\" LIKE '%note 1%'", token);
                return await db.Database.ExecuteSqlRawAsync("DELETE FROM ledger_entry WHERE \"Body\" LIKE '%note 2%'", token);
            },
            Ct);
        Assert.Equal([("record", 1L), ("record", 2L)], (await audit.RunAsync(Ct)).Findings.Select(finding => (finding.Check, finding.Index!.Value)));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_database_that_knows_nothing_of_the_log_is_found_and_one_that_lost_its_index_alone_is_not(Engine engine)
    {
        await using var bench = await EvidenceBench.OpenAsync(engine);
        for (var i = 0; i < 3; i++) await bench.RecordAsync($"note {i}");
        await bench.TurnAsync();
        var (audit, database) = (bench.Get<ILedgerAudit>(), bench.Get<IDatabase>());
        await database.WriteAsync((db, token) => db.Set<LedgerPosition>().ExecuteDeleteAsync(token), Ct);
        var unindexed = await audit.RunAsync(Ct);
        Assert.True(unindexed.Ok, string.Join('\n', unindexed.Findings));

        await database.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync("UPDATE ledger_entry SET \"Kind\" = 'om.other' WHERE \"Body\" LIKE '%note 1%'", token), Ct);
        Assert.Equal([1L], (await audit.RunAsync(Ct)).Findings.Select(finding => finding.Index!.Value));

        await database.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync("DELETE FROM ledger_entry", token), Ct);
        Assert.Equal([("record", 0L), ("record", 1L), ("record", 2L)], (await audit.RunAsync(Ct)).Findings.Select(finding => (finding.Check, finding.Index!.Value)));
    }

    [Fact]
    public async Task An_old_copy_of_the_log_put_back_stalls_instead_of_forking()
    {
        var bench = await EvidenceBench.OpenAsync(Engine.Sqlite);
        var ledger = bench.Get<DataDirectory>().Ledger;
        await bench.RecordAsync("one");
        await bench.TurnAsync();
        var old = Directory.GetFiles(ledger, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith("lock", StringComparison.Ordinal)).ToDictionary(path => path, File.ReadAllBytes);
        await bench.RecordAsync("two");
        await bench.TurnAsync();
        bench = await bench.RestartAsync();
        foreach (var (path, bytes) in old)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, bytes, Ct);
        }

        await bench.RecordAsync("three");
        await bench.TurnAsync();
        Assert.Contains("Behind", bench.Health.Now.Trouble, StringComparison.Ordinal);
        Assert.Single(await bench.RowsAsync<EvidenceOutboxRow>());
        await bench.DisposeAsync();
    }

    [Fact]
    public async Task What_somebody_typed_never_keeps_an_act_from_being_recorded()
    {
        await using var bench = await EvidenceBench.OpenAsync(Engine.Sqlite);
        var id = await bench.RecordAsync("first line\r\nsecond\tline \u0007 e\u0301 \ud800");
        await bench.TurnAsync();
        Assert.True((await bench.Reader.VerifyAsync(id, Ct)).Ok);
        Assert.Equal("first line\u2028second line \u2407 \u00e9 \ufffd", (string)(await bench.Reader.FindAsync(id, Ct))!.Body["note"]!);
    }

    [Fact]
    public async Task A_body_that_could_not_be_sealed_is_refused_while_the_act_can_still_fail()
    {
        await using var bench = await EvidenceBench.OpenAsync(Engine.Sqlite);
        foreach (var body in new JsonObject[] { new() { ["n"] = 1 }, new() { ["n"] = null }, new() { ["n"] = new string('x', 66_000) } })
        {
            await Assert.ThrowsAsync<CanonicalException>(() => bench.Get<IDatabase>().WriteAsync(
                (db, _) => Task.FromResult(bench.Get<IElectronicLedger>().Record(db, new("om.test", null, null, null, EvidenceBench.Technician, bench.Clock.GetUtcNow(), body))), Ct));
        }
    }

    [Fact]
    public async Task Keys_at_rest_are_wrapped_and_readable_by_the_owner_only()
    {
        await using var bench = await EvidenceBench.OpenAsync(Engine.Sqlite);
        var keys = bench.Get<EvidenceKeys>().Load();
        var files = Directory.GetFiles(bench.Get<DataDirectory>().Keys);
        Assert.Equal(4, files.Length);
        foreach (var file in files)
        {
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.True((await File.ReadAllBytesAsync(file, Ct)).Length > 32);
        }

        Assert.Equal(keys.Public.ToString(), bench.Get<EvidenceKeys>().Load().Public.ToString());
        Assert.Equal("qingyuan.local/ORG/1", keys.Origin);
    }
}
