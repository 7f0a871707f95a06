using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Backup.Postgres;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Retention.Deleting;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Backup;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Retention;

/// <summary>On files.</summary>
public sealed class SqliteDeletionTests() : DeletionTests(Engine.Sqlite)
{
    [Fact]
    [Requirement("R-5.5.3-8")]
    public async Task What_was_deleted_by_decision_is_no_loss_to_a_drill_or_a_restoration()
    {
        await using var house = await FilledAsync();
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(await WholeFileAsync(house, "frames-2019-03.db")));
        await DeletedAsync(house, "2019-03", "2019-03");
        var entry = Assert.Single(await EntriesAsync(house, "retention.deletion.month"));
        Assert.Equal(sha256, (string?)entry.Body["files"]!.AsArray().Single(file => (string?)file!["name"] == "frames-2019-03.db")!["sha256"]);
        await house.Get<IColdTier>().RunAsync(Ct); // values of 2019 are cold now: they are in the backup too
        var before = await ValuesAsync(house);
        Assert.NotEmpty(before);
        var backup = await house.TakeAsync();

        var drill = (await house.Get<IBackups>().DrillAsync(house.Vault, BackupHouse.Administrator, Ct)).Value;
        var restored = Path.Combine(house.Root, "restored");
        Assert.True((await house.RestoreAsync(backup, restored)).IsOk);
        await house.StartAsync(restored);

        Assert.True(drill.Ok, string.Join('\n', drill.Findings));
        Assert.Empty((await house.Get<ITelemetryAudit>().RunAsync(Ct)).Findings);
        Assert.Equal(before, await ValuesAsync(house));
        Assert.Equal(DeletionState.Done, Assert.Single(await house.Get<IDeletions>().ListAsync(Ct)).State);
    }

    [Fact]
    public async Task A_backup_and_a_deletion_wait_for_each_other()
    {
        await using var house = await FilledAsync();
        using var gone = new CancellationTokenSource();
        using (house.Get<IMonthGuard>().TryEnter())
        {
            var waiting = house.Get<IBackups>().CreateAsync(house.Vault, BackupKind.Manual, BackupHouse.Administrator, gone.Token);
            await Ingest.Eventually.That(async () => (await house.Get<IBackups>().PlaceAsync(Ct)).Running is "create");
            await DeletedAsync(house, "2019-03", "2019-03");
            Assert.Equal(DeletionState.Approved, Assert.Single(await house.Get<IDeletions>().ListAsync(Ct)).State);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        Assert.Empty(house.Get<IBackups>().List(house.Vault));
        await house.TakeAsync(); // the month is written down and not gone: a restoration goes on with it
        await house.RestoreAsync(house.Get<IBackups>().List(house.Vault)[0], Path.Combine(house.Root, "restored"));
        await house.Get<DeletionRun>().ScanAsync(Ct);
        Assert.Equal(DeletionState.Done, Assert.Single(await house.Get<IDeletions>().ListAsync(Ct)).State);
        await house.StartAsync(Path.Combine(house.Root, "restored"));
        await house.Get<DeletionRun>().ScanAsync(Ct);
        Assert.Equal(DeletionState.Done, Assert.Single(await house.Get<IDeletions>().ListAsync(Ct)).State);
        Assert.Empty((await house.Get<ITelemetryAudit>().RunAsync(Ct)).Findings);
    }

    /// <summary>As it will be hashed: with its journal taken in.</summary>
    private static async Task<byte[]> WholeFileAsync(BackupHouse house, string name)
    {
        _ = await house.Get<ITelemetryMonths>().DescribeAsync(TelemetryClass.Frames, (2019 * 12) + 2, Ct);
        return await File.ReadAllBytesAsync(Path.Combine(house.Data, "telemetry", name), Ct);
    }
}

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresDeletionTests() : DeletionTests(Engine.Postgres)
{
    [Fact]
    [Requirement("R-5.5.3-8")]
    public async Task What_was_deleted_by_decision_is_no_loss_to_a_drill_or_a_restoration()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        var original = await postgres.NewDatabaseAsync();
        await using var house = await FilledAsync(original);
        var elsewhere = Path.Combine(house.Root, "elsewhere");
        await File.WriteAllTextAsync(Path.Combine(house.Data, "qingyuan.json"), $$"""{ "Telemetry": { "ColdFolder": "{{elsewhere}}" } }""", Ct);
        await house.StartAsync(house.Data, original);
        await DeletedAsync(house, "2019-03", "2019-03");
        await house.Get<IColdTier>().RunAsync(Ct); // values of 2019 are cold now: they are in the backup too
        var before = await ValuesAsync(house);
        Assert.NotEmpty(before);
        Assert.NotEmpty(house.Get<IColdTier>().Parts());
        var backup = await house.TakeAsync();
        var served = Directory.GetFiles(elsewhere, "values-*.parquet").Single();
        await FlipAsync(served); // a drill looks at what came back, not at what serves
        var drill = (await house.Get<IBackups>().DrillAsync(house.Vault, BackupHouse.Administrator, Ct)).Value;
        await FlipAsync(served);
        await DeletedAsync(house, "2019-03", "2019-03", DataClass.Values);
        var without = await house.TakeAsync();
        var second = (await house.Get<IBackups>().DrillAsync(house.Vault, BackupHouse.Administrator, Ct)).Value;
        await house.StopAsync();

        Assert.True(drill.Ok && second.Ok, string.Join('\n', drill.Findings.Concat(second.Findings)));
        await AssertAsync(backup, "restored", before);
        await AssertAsync(without, "without", []);

        static async Task FlipAsync(string file)
        {
            var bytes = await File.ReadAllBytesAsync(file, Ct);
            bytes[bytes.Length / 3] ^= 1;
            await File.WriteAllBytesAsync(file, bytes, Ct);
        }

        async Task AssertAsync(BackupInfo taken, string name, IReadOnlyList<string> values)
        {
            var target = Path.Combine(house.Root, name);
            var report = (await house.RestoreAsync(taken, target)).Value;
            File.Delete(Path.Combine(target, "qingyuan.json")); // it names a folder of the lost machine
            var login = new Npgsql.NpgsqlConnectionStringBuilder(original);
            await using var server = await RestoredServer.StartAsync(report.ServerDirectory!, Ct);
            await house.StartAsync(target, server.Connection(new(login.Username!, login.Database!)));
            Assert.Empty((await house.Get<ITelemetryAudit>().RunAsync(Ct)).Findings);
            Assert.Equal(values, await ValuesAsync(house));
            Assert.All(await house.Get<IDeletions>().ListAsync(Ct), deletion => Assert.Equal(DeletionState.Done, deletion.State));
            Assert.Equal(values.Count > 0, house.Get<IColdTier>().Parts().Count > 0);
            await house.Get<IColdTier>().RunAsync(Ct);
            await ApplyAsync(house, 1, new(2019, 3, 5, 8, 0, 0), "1.50"); // a frame that is applied again
            Assert.Equal(values, await ValuesAsync(house));
            await house.StopAsync();
        }
    }
}

/// <summary>After the term, by two persons, and never otherwise.</summary>
public abstract class DeletionTests(Engine engine)
{
    private static readonly Actor Wang = BackupHouse.Administrator;
    private static readonly Actor Li = new("u:li", Roles.AuditAdmin, "self", "totp");
    private static readonly Actor Zhao = new("u:zhao", Roles.Regulator, "", "password");

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("R-5.5.3-10")]
    public async Task Two_persons_delete_frames_past_their_term_and_the_chain_stays_explained()
    {
        await using var house = await FilledAsync();
        var desk = house.Get<IDeletions>();
        var frames = await FramesAsync(house);
        Assert.Equal(6, frames.Count);

        var asked = (await desk.RequestAsync(DataClass.RawFrames, "2019-03", "2019-04", "卷宗已移交", Wang, Ct)).Value;

        Assert.Equal(["2019-03", "2019-04"], asked.Months.Select(month => month.Month));
        Assert.Equal([3L, 2L], asked.Months.Select(month => month.Items));
        Assert.All(asked.Months, month => Assert.True(month.Bytes > 0));
        Assert.Equal("retention.same-person", (await desk.ApproveAsync(asked.Id, Wang, Ct)).Refusal.Code);
        Assert.Equal("retention.same-person", (await desk.ApproveAsync(asked.Id, Wang with { Id = "u:WANG", Role = Roles.AuditAdmin }, Ct)).Refusal.Code);
        Assert.Equal("retention.not-your-role", (await desk.ApproveAsync(asked.Id, Zhao, Ct)).Refusal.Code);
        Assert.Equal("retention.person-needed", (await desk.ApproveAsync(asked.Id, Li with { Authentication = "token" }, Ct)).Refusal.Code);
        await house.Get<DeletionRun>().ScanAsync(Ct);
        Assert.Equal(6, (await FramesAsync(house)).Count); // one person is not enough
        Assert.Equal(DeletionState.Approved, (await desk.ApproveAsync(asked.Id, Li, Ct)).Value.State);
        await house.Get<DeletionRun>().ScanAsync(Ct);

        var done = Assert.Single(await desk.ListAsync(Ct));
        Assert.Equal((DeletionState.Done, Wang.Id, Li.Id), (done.State, done.RequestedBy, done.DecidedBy));
        Assert.Equal(frames[^1].Id, Assert.Single(await FramesAsync(house)).Id);
        var report = await house.Get<IScrub>().RunAsync(Ct);
        Assert.Empty(report.Findings);
        Assert.Equal(Wang.Id, Assert.Single(await EntriesAsync(house, "retention.deletion.requested")).Actor.Id);
        Assert.Equal(Li.Id, Assert.Single(await EntriesAsync(house, "retention.deletion.approved")).Actor.Id);
        var months = await EntriesAsync(house, "retention.deletion.month");
        Assert.Equal(["2019-03", "2019-04"], months.Select(entry => (string?)entry.Body["month"]).Order());
        Assert.Equal(["2", "3"], months.Select(entry => (string?)entry.Body["items"]).Order());
        Assert.All(months, entry => Assert.Equal(64, ((string?)entry.Body["chain"]![0]!["last"])!.Length));
        Assert.All(months, entry => Assert.Equal(64, ((string?)entry.Body["files"]![0]!["sha256"])!.Length));
        var end = Assert.Single(await EntriesAsync(house, "retention.deletion.done"));
        Assert.Equal(("5", "2", Li.Id), ((string?)end.Body["items"], (string?)end.Body["gone"], (string?)end.Body["approvedBy"]));
        await house.StartAsync(house.Data, _database); // until then what was just received is in memory
        Assert.Null(await house.TextAsync(frames[0].Id));
        Assert.NotNull(await house.TextAsync(frames[^1].Id));
    }

    [Fact]
    public async Task Without_a_decision_the_same_gap_is_a_loss()
    {
        await using var house = await FilledAsync();
        await house.Get<ITelemetryMonths>().DeleteAsync(TelemetryClass.Frames, (2019 * 12) + 3, Ct);

        Assert.Contains((await house.Get<ITelemetryAudit>().RunAsync(Ct)).Findings, finding => finding.Check == "chain");
        await house.Get<ITelemetryMonths>().DeleteAsync(TelemetryClass.Frames, (2019 * 12) + 2, Ct);
        Assert.Contains((await house.Get<ITelemetryAudit>().RunAsync(Ct)).Findings, finding => finding.Check == "chain"); // the first month too
    }

    [Fact]
    [Requirement("R-5.5.3-10")]
    public async Task What_is_young_held_lapsed_or_makes_no_sense_is_refused()
    {
        await using var house = await FilledAsync();
        var desk = house.Get<IDeletions>();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (from, to) in ((string, string)[])[("2019-03", Month(0)), (Month(-23), Month(-23)), ("2019-03", Month(-59))])
            Assert.Equal("retention.deletion-young", await AskAsync(DataClass.RawFrames, from, to));
        string Month(int ago) => now.AddMonths(ago).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal("retention.class-not-deletable", await AskAsync(DataClass.Ledger, "2019-03", "2019-03"));
        Assert.Equal("retention.class-not-deletable", await AskAsync(DataClass.Work, "2019-03", "2019-03"));
        Assert.Equal("retention.period-invalid", await AskAsync(DataClass.RawFrames, "2019-04", "2019-03"));
        Assert.Equal("retention.period-invalid", await AskAsync(DataClass.RawFrames, "2019-13", "2019-03"));
        Assert.Equal("retention.deletion-empty", await AskAsync(DataClass.RawFrames, "2017-01", "2017-12"));
        Assert.Equal("retention.reason-missing", (await desk.RequestAsync(DataClass.RawFrames, "2019-03", "2019-03", " ", Wang, Ct)).Refusal.Code);
        Assert.Equal("retention.not-your-role", (await desk.RequestAsync(DataClass.RawFrames, "2019-03", "2019-03", "why", Li, Ct)).Refusal.Code);

        var hold = (await desk.HoldAsync(DataClass.RawFrames, "2019-01", "2019-03", "案件未结", Zhao, Ct)).Value;
        Assert.Equal("retention.deletion-held", await AskAsync(DataClass.RawFrames, "2019-03", "2019-04"));
        Assert.Equal("retention.not-your-role", (await desk.LiftAsync(hold.Id, "why", Wang, Ct)).Refusal.Code);
        Assert.True((await desk.LiftAsync(hold.Id, "结案", Li, Ct)).IsOk);
        Assert.Equal("retention.hold-lifted", (await desk.LiftAsync(hold.Id, "again", Li, Ct)).Refusal.Code);
        Assert.Equal(2, (await EntriesAsync(house, "retention.hold")).Count);

        var asked = (await desk.RequestAsync(DataClass.RawFrames, "2019-03", "2019-04", "why", Wang, Ct)).Value;
        Assert.Equal("retention.deletion-pending", await AskAsync(DataClass.RawFrames, "2019-04", "2019-05"));
        await house.Get<IRetention>().PutAsync(DataClass.RawFrames, 240, "new law", Wang, Ct);
        Assert.Equal("retention.deletion-young", (await desk.ApproveAsync(asked.Id, Li, Ct)).Refusal.Code);
        await house.Get<IRetention>().PutAsync(DataClass.RawFrames, 60, "withdrawn", Wang, Ct);
        await desk.HoldAsync(DataClass.RawFrames, "2019-04", "2019-04", "case", Li, Ct);
        Assert.Equal("retention.deletion-held", (await desk.ApproveAsync(asked.Id, Li, Ct)).Refusal.Code);
        foreach (var each in await desk.HoldsAsync(Ct)) await desk.LiftAsync(each.Id, "closed", Li, Ct);
        await house.Get<IDatabase>().WriteAsync((db, token) => db.Set<DeletionRow>().ExecuteUpdateAsync(set => set.SetProperty(row => row.RequestedAt, now.AddDays(-7)), token), Ct);
        Assert.Equal("retention.deletion-lapsed", (await desk.ApproveAsync(asked.Id, Li, Ct)).Refusal.Code);
        await house.Get<DeletionRun>().ScanAsync(Ct);
        Assert.Equal(DeletionState.Lapsed, Assert.Single(await desk.ListAsync(Ct)).State);
        Assert.Single(await EntriesAsync(house, "retention.deletion.lapsed"));
        Assert.Equal("retention.no-such-deletion", (await desk.ApproveAsync(Guid.CreateVersion7(), Li, Ct)).Refusal.Code);

        var again = (await desk.RequestAsync(DataClass.RawFrames, "2019-03", "2019-04", "why", Wang, Ct)).Value;
        Assert.True((await desk.RejectAsync(again.Id, "不同意", Li, Ct)).IsOk);
        Assert.Equal("retention.deletion-decided", (await desk.ApproveAsync(again.Id, Li, Ct)).Refusal.Code);
        Assert.Equal(6, (await FramesAsync(house)).Count);

        async Task<string> AskAsync(DataClass kind, string from, string to) => (await desk.RequestAsync(kind, from, to, "why", Wang, Ct)).Refusal.Code;
    }

    [Theory]
    [InlineData("written-down 2019-03")]
    [InlineData("gone 2019-03")]
    [InlineData("written-down 2019-04")]
    [InlineData("gone 2019-04")]
    public async Task Cut_off_in_the_midst_it_goes_on_after_a_restart_and_every_gap_is_explained_meanwhile(string step)
    {
        await using var house = await FilledAsync();
        var run = house.Get<DeletionRun>();
        run.At = now =>
        {
            if (now == step) throw new IOException("cut off");
        };
        var asked = (await house.Get<IDeletions>().RequestAsync(DataClass.RawFrames, "2019-03", "2019-04", "why", Wang, Ct)).Value;
        await house.Get<IDeletions>().ApproveAsync(asked.Id, Li, Ct);
        await Assert.ThrowsAsync<IOException>(() => run.ScanAsync(Ct));
        Assert.Empty((await house.Get<ITelemetryAudit>().RunAsync(Ct)).Findings);

        await house.StartAsync(house.Data, _database);
        await house.Get<DeletionRun>().ScanAsync(Ct);

        Assert.Equal(DeletionState.Done, Assert.Single(await house.Get<IDeletions>().ListAsync(Ct)).State);
        Assert.Single(await FramesAsync(house));
        Assert.Equal(2, (await EntriesAsync(house, "retention.deletion.month")).Count);
        Assert.Single(await EntriesAsync(house, "retention.deletion.done"));
        Assert.Empty((await house.Get<ITelemetryAudit>().RunAsync(Ct)).Findings);
    }

    [Fact]
    public async Task A_hold_that_comes_meanwhile_saves_what_is_still_there()
    {
        await using var house = await FilledAsync();
        var run = house.Get<DeletionRun>();
        run.At = now =>
        {
            if (now is "gone 2019-03") house.Get<IDeletions>().HoldAsync(DataClass.RawFrames, "2019-04", "2019-04", "case", Zhao, Ct).GetAwaiter().GetResult();
        };

        await DeletedAsync(house, "2019-03", "2019-04");

        var deletion = Assert.Single(await house.Get<IDeletions>().ListAsync(Ct));
        Assert.Equal((DeletionState.Stopped, "retention.deletion-held"), (deletion.State, deletion.Why));
        Assert.Equal(3, (await FramesAsync(house)).Count);
        Assert.Empty((await house.Get<ITelemetryAudit>().RunAsync(Ct)).Findings);
        Assert.Equal("1", (string?)Assert.Single(await EntriesAsync(house, "retention.deletion.stopped")).Body["gone"]);
    }

    [Fact]
    public async Task A_hold_saves_also_a_month_that_was_written_down_and_not_gone_when_the_process_ended()
    {
        await using var house = await FilledAsync();
        house.Get<DeletionRun>().At = now =>
        {
            if (now is "written-down 2019-03") throw new IOException("cut off");
        };
        await Assert.ThrowsAsync<IOException>(() => DeletedAsync(house, "2019-03", "2019-04"));
        var before = (await FramesAsync(house)).Count;
        await house.Get<IDeletions>().HoldAsync(DataClass.RawFrames, "2019-03", "2019-03", "case", Zhao, Ct);

        await house.StartAsync(house.Data, _database);
        await house.Get<DeletionRun>().ScanAsync(Ct);

        Assert.Equal(before, (await FramesAsync(house)).Count);
        Assert.Equal(DeletionState.Stopped, Assert.Single(await house.Get<IDeletions>().ListAsync(Ct)).State);
        Assert.Empty(await house.Get<IDeletedMonths>().FramesAsync(Ct));
    }

    [Fact]
    public async Task Values_go_from_both_tiers_and_results_by_themselves()
    {
        await using var house = await FilledAsync();
        await house.Get<IColdTier>().RunAsync(Ct);
        Assert.NotEmpty(house.Get<IColdTier>().Parts());
        await ApplyAsync(house, 900, new(2019, 3, 9), "late");
        await house.Get<IChunkWriter>().CheckpointAsync(0, Ct);
        Assert.Equal(3, (await ValuesAsync(house)).Count);
        Assert.Equal(3, (await house.Get<IDeletions>().LookAsync(DataClass.Values, "2019-03", "2019-03", Ct)).Value.Months.Single().Items);

        await DeletedAsync(house, "2019-03", "2019-03", DataClass.Values);
        await DeletedAsync(house, "2019-03", "2019-03", DataClass.Results);

        Assert.Empty(await ValuesAsync(house));
        Assert.Empty(house.Get<IColdTier>().Parts());
        Assert.Empty(Directory.EnumerateFiles(house.Get<IColdTier>().Folder, "*.parquet"));
        Assert.Empty(await house.Get<IDerivedStore>().ReadAsync(1, Resolution.Hour, new(2019, 3, 1), new(2019, 4, 1), Ct));
        Assert.Equal(6, (await FramesAsync(house)).Count);
        await house.StartAsync(house.Data, _database);
        await ApplyAsync(house, 900, new(2019, 3, 9), "late"); // as after a crash: its frame is older than the deletion
        await house.Get<IChunkWriter>().CheckpointAsync(0, Ct);
        Assert.Empty(await ValuesAsync(house));
        await ApplyAsync(house, (await house.StoreAsync(0, 1))[0].Batch, new(2019, 3, 9), "later");
        await house.Get<IChunkWriter>().CheckpointAsync(0, Ct);
        Assert.Single(await ValuesAsync(house)); // what comes afterwards is new
    }

    [Fact]
    [Requirement("R-5.5.3-10")]
    public async Task Values_that_were_received_lately_stay_whatever_month_their_logger_wrote_on_them()
    {
        await using var house = await FilledAsync();
        Assert.True((await house.Get<IDeletions>().LookAsync(DataClass.Values, "2019-03", "2019-03", Ct)).IsOk);
        await ApplyAsync(house, 3, new(2019, 3, 7, 8, 0, 0), "7", TimeProvider.System.GetUtcNow()); // its clock stands years back

        var refusal = (await house.Get<IDeletions>().RequestAsync(DataClass.Values, "2019-03", "2019-03", "why", Wang, Ct)).Refusal;

        Assert.Equal("retention.deletion-received-lately", refusal.Code);
        Assert.Equal(("2019-03", IRetention.UsualMonths), (refusal.Args[0], refusal.Args[2]));
        Assert.True((await house.Get<IDeletions>().LookAsync(DataClass.Results, "2019-03", "2019-03", Ct)).IsOk);
        await house.Get<IColdTier>().RunAsync(Ct); // in a cold file it stays no less
        Assert.Equal(3, Assert.Single(house.Get<IColdTier>().Parts()).Values);
        Assert.Equal("retention.deletion-received-lately", await CodeAsync());
        var manifest = Assert.Single(Directory.EnumerateFiles(house.Get<IColdTier>().Folder, "manifest-*.json"));
        var earlier = JsonNode.Parse(await File.ReadAllTextAsync(manifest, Ct))!.AsObject();
        Assert.True(earlier.Remove("newestReceipt")); // earlier releases did not write it down
        await File.WriteAllTextAsync(manifest + ".tmp", earlier.ToJsonString(), Ct);
        File.Move(manifest + ".tmp", manifest, overwrite: true);
        Assert.Null(Assert.Single(house.Get<IColdTier>().Parts()).NewestReceipt);
        Assert.Equal("retention.deletion-received-lately", await CodeAsync());

        async Task<string> CodeAsync() => (await house.Get<IDeletions>().LookAsync(DataClass.Values, "2019-03", "2019-03", Ct)).Refusal.Code;
    }

    [Fact]
    public async Task A_value_with_an_old_time_that_comes_after_the_approval_stops_the_deletion()
    {
        await using var house = await FilledAsync();
        var asked = (await house.Get<IDeletions>().RequestAsync(DataClass.Values, "2019-03", "2019-03", "why", Wang, Ct)).Value;
        using (await GuardAsync(house)) // the schedule would have deleted before it comes
        {
            await house.Get<IDeletions>().ApproveAsync(asked.Id, Li, Ct);
            await ApplyAsync(house, 3, new(2019, 3, 7, 8, 0, 0), "7", TimeProvider.System.GetUtcNow());
        }

        await house.Get<DeletionRun>().ScanAsync(Ct);

        var deletion = Assert.Single(await house.Get<IDeletions>().ListAsync(Ct));
        Assert.Equal((DeletionState.Stopped, "retention.deletion-received-lately"), (deletion.State, deletion.Why));
        Assert.Equal(3, (await ValuesAsync(house)).Count);
    }

    [Fact]
    public async Task The_age_at_which_values_become_cold_is_set_with_a_reason_and_each_move_is_on_the_ledger()
    {
        await using var house = await FilledAsync();
        var tiers = house.Get<ITiers>();
        Assert.Equal((24, null), ((await tiers.ColdAsync(Ct)).Months, (await tiers.ColdAsync(Ct)).ChangedBy));
        Assert.Equal("retention.cold-invalid", (await tiers.PutColdAsync(2, "why", Wang, Ct)).Refusal.Code);
        Assert.Equal("retention.reason-missing", (await tiers.PutColdAsync(36, "", Wang, Ct)).Refusal.Code);
        await tiers.PutColdAsync(1200, "nothing", Wang, Ct);
        Assert.Empty((await house.Get<IColdTier>().RunAsync(Ct)).Months);
        await tiers.PutColdAsync(12, "disk", Wang, Ct);

        var part = Assert.Single((await house.Get<IColdTier>().RunAsync(Ct)).Parts);

        var entry = Assert.Single(await EntriesAsync(house, "retention.cold.written"));
        Assert.Equal(part.Files.Select(file => file.Sha256), entry.Body["files"]!.AsArray().Select(file => (string?)file!["sha256"]));
        await house.Get<IColdPolicy>().EnterAsync(part, Ct);
        Assert.Single(await EntriesAsync(house, "retention.cold.written")); // told twice, entered once
        Assert.Equal(2, (await EntriesAsync(house, "retention.cold.changed")).Count);
    }

    private string? _database;

    /// <summary>Three frames of March 2019, two of April, one of now; two values and a result of March 2019.</summary>
    private protected async Task<BackupHouse> FilledAsync(string? database = null)
    {
        _database = database ?? (engine is Engine.Postgres ? await (await PostgresServer.SharedAsync()).NewDatabaseAsync() : null);
        var house = await BackupHouse.StartAsync(_database);
        foreach (var at in (DateTimeOffset[])[Old(3, 1), Old(3, 2), Old(3, 3), Old(4, 1), Old(4, 2), TimeProvider.System.GetUtcNow()])
        {
            var receipt = await house.Get<IFrameLog>().AppendAsync(new(0, "DELETED01", at, FrameVerdict.Quarantined, "UnknownMn", "127.0.0.1:5000"), new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes($"##{at:O}\r\n")), Ct);
            await receipt.Durable;
        }

        await ApplyAsync(house, 1, new(2019, 3, 5, 8, 0, 0), "1.50");
        await ApplyAsync(house, 2, new(2019, 3, 6, 8, 0, 0), "+2");
        await house.Get<IChunkWriter>().CheckpointAsync(0, Ct);
        await house.Get<IDerivedStore>().PutAsync(1, Resolution.Hour, new(2019, 3, 5, 8, 0, 0), [new("a21002", "1", null, null, null, "valid", "N", "HJ75-HOUR@2017.1", "")], Ct);
        return house;
    }

    private protected static async Task DeletedAsync(BackupHouse house, string from, string to, DataClass kind = DataClass.RawFrames)
    {
        var asked = (await house.Get<IDeletions>().RequestAsync(kind, from, to, "why", Wang, Ct)).Value;
        Assert.True((await house.Get<IDeletions>().ApproveAsync(asked.Id, Li, Ct)).IsOk);
        await house.Get<DeletionRun>().ScanAsync(Ct);
    }

    private protected static async Task<IReadOnlyList<LedgerEntryView>> EntriesAsync(BackupHouse house, string kind) => (await house.Get<ILedgerReader>().ListAsync(new(KindPrefix: kind), Ct)).Items;

    private protected static async Task<IReadOnlyList<string>> ValuesAsync(BackupHouse house) =>
        [.. (await house.Get<ITelemetryReader>().ReadAllAsync(1, Resolution.Realtime, new(2019, 1, 1), new(2020, 1, 1), Ct)).SelectMany(frame => frame.Values.Select(value => $"{frame.DataTime:O} {frame.Frame} {value.Factor} {value.Text}"))];

    private static DateTimeOffset Old(int month, int day) => new(2019, month, day, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Until it is disposed nobody works on months.</summary>
    private static async Task<IDisposable> GuardAsync(BackupHouse house)
    {
        IDisposable? alone = null;
        await Ingest.Eventually.That(() => (alone = house.Get<IMonthGuard>().TryEnter()) is not null);
        return alone!;
    }

    private static async Task<IReadOnlyList<StoredFrame>> FramesAsync(BackupHouse house) => await Task.FromResult(house.Get<IFrameArchive>().Of("DELETED01", DateTimeOffset.MinValue, DateTimeOffset.MaxValue).ToList());

    private protected static async Task ApplyAsync(BackupHouse house, long batch, DateTime at, string text, DateTimeOffset? received = null) =>
        await house.Get<IChunkWriter>().ApplyAsync(1, new(new(batch, 0), Resolution.Realtime, at, received ?? new(at, TimeSpan.FromHours(8)), [new("a21002", "Rtd", text, "N", null)]), Ct);
}
