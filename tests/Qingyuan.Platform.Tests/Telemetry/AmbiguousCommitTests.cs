using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Qingyuan.Platform.Telemetry;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Frames;
using Qingyuan.Platform.Telemetry.Store;
using Qingyuan.Platform.Telemetry.Store.Postgres;
using Qingyuan.Platform.Telemetry.Store.Sqlite;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>Commits that failed for us and took effect nevertheless: nobody is told that they lasted, the log has one end, and who follows it is not led past them.</summary>
public sealed class AmbiguousCommitTests
{
    private const string Waiting = "pg_stat_activity WHERE datname = current_database() AND wait_event = 'SyncRep'";

    private static readonly DateTimeOffset December = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("R-5.5.3-1")]
    public async Task A_commit_that_did_not_wait_for_the_copy_is_not_acknowledged_and_its_frames_are_followed()
    {
        await using var primary = await PostgresServer.OwnAsync();
        var database = await primary.NewDatabaseAsync();
        await using var house = await TelemetryHouse.OpenOnAsync(database);
        await house.StoreAsync(TelemetryHouse.Arrival(), "before");
        await using var copy = await primary.SynchronousCopyAsync();
        await copy.PauseAsync();
        var receipt = await house.AppendAsync(TelemetryHouse.Arrival(), "on one machine");
        await Ingest.Eventually.That(async () => await AskAsync(database, $"SELECT count(*) FROM {Waiting}") is > 0L);

        await AskAsync(database, $"SELECT pg_cancel_backend(pid) FROM {Waiting}"); // as Npgsql does after its time-out

        await Assert.ThrowsAsync<FramesNotStoredException>(() => receipt.Durable);
        await copy.PauseAsync(goOn: true);
        await StoreAtLastAsync(house, "after");
        Assert.Equal(["before", "on one machine", "after"], await FollowedAsync(house, "after"));
        await IsOneChainAsync(house);
        await house.DisposeAsync(); // while the copy is there: its last commits wait for it
    }

    [Fact]
    public async Task A_commit_is_waited_for_as_long_as_the_server_knows_of_it()
    {
        await using var primary = await PostgresServer.OwnAsync();
        var database = await primary.NewDatabaseAsync();
        await using var house = await TelemetryHouse.OpenOnAsync(database + ";Command Timeout=20");
        await house.StoreAsync(TelemetryHouse.Arrival(), "before");
        await using var copy = await primary.SynchronousCopyAsync();
        await copy.PauseAsync();
        var receipt = await house.AppendAsync(TelemetryHouse.Arrival(), "waits");
        await Ingest.Eventually.That(async () => await AskAsync(database, $"SELECT count(*) FROM {Waiting} AND now() - state_change > interval '25 seconds'") is > 0L);
        Assert.False(receipt.Durable.IsCompleted); // longer than a command may take

        await copy.PauseAsync(goOn: true);

        await receipt.Durable;
        Assert.Equal(["before", "waits"], await FollowedAsync(house, "waits"));
        await house.DisposeAsync(); // while the copy is there: its last commits wait for it
    }

    [Fact]
    public async Task A_server_that_stops_in_the_middle_of_a_commit_is_given_up_and_what_it_commits_when_it_wakes_is_followed()
    {
        await using var primary = await PostgresServer.OwnAsync();
        var database = await primary.NewDatabaseAsync();
        await using var house = await TelemetryHouse.OpenOnAsync(database + ";Timeout=15;Command Timeout=15");
        house.Get<PostgresFrameStore>().Patience = TimeSpan.FromSeconds(1);
        await house.StoreAsync(TelemetryHouse.Arrival(), "before");
        await using var copy = await primary.SynchronousCopyAsync();
        await copy.PauseAsync();
        var receipt = await house.AppendAsync(TelemetryHouse.Arrival(), "asleep");
        await Ingest.Eventually.That(async () => await AskAsync(database, $"SELECT count(*) FROM {Waiting}") is > 0L);

        await primary.PauseAsync();

        await Assert.ThrowsAsync<FramesNotStoredException>(() => receipt.Durable);
        await primary.PauseAsync(goOn: true);
        await copy.PauseAsync(goOn: true);
        await StoreAtLastAsync(house, "after");
        Assert.Equal(["before", "asleep", "after"], await FollowedAsync(house, "after"));
        await IsOneChainAsync(house);
        await house.DisposeAsync(); // while the copy is there: its last commits wait for it
    }

    [Fact]
    public async Task A_commit_that_is_still_on_its_way_when_the_next_session_begins_makes_no_fork()
    {
        var database = await (await PostgresServer.SharedAsync()).NewDatabaseAsync();
        using var tables = new PostgresTables(new(database, ""));
        using var store = new PostgresFrameStore(tables);
        using var log = new Bare(store);
        log.Commit(TelemetryHouse.Noon);
        Assert.NotNull(log.CommitAgain(TelemetryHouse.Noon).Durable.Task.Exception); // refused, so the next session is a fresh one
        await using var given = new NpgsqlConnection(database + ";Pooling=false");
        await given.OpenAsync(Ct);
        await using var transaction = await given.BeginTransactionAsync(Ct);
        await InsertAsync(given, log.Next(store.ReadHead()));
        var committing = Task.Run(() => log.Commit(TelemetryHouse.Noon), Ct);
        await Ingest.Eventually.That(async () => await AskAsync(database, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") is > 0L);

        await transaction.CommitAsync(Ct);

        await (await committing).Durable.Task;
        Assert.Equal([1, 2, 3], log.Followed());
        IsOneChain(store);
    }

    [Fact]
    public async Task A_code_that_a_checkpoint_left_although_it_failed_for_us_does_not_hold_up_the_next_one()
    {
        await using var house = await WithCodeAsync("a34013");

        await house.CheckpointAsync(2);

        Assert.Equal(2, house.Tail.AppliedThrough);
        var read = await house.Get<ITelemetryReader>().ReadAllAsync(1, Resolution.Realtime, TelemetryHouse.Noon.DateTime, TelemetryHouse.Noon.DateTime.AddHours(1), Ct);
        Assert.Equal(["a21002", "a34013"], read.SelectMany(frame => frame.Values).Select(value => value.Factor).Order());
    }

    [Fact]
    public async Task A_number_that_another_code_has_is_refused()
    {
        await using var house = await WithCodeAsync("a99999");

        await Assert.ThrowsAsync<PostgresException>(() => house.CheckpointAsync(2));

        Assert.Equal(1, house.Tail.AppliedThrough);
    }

    [Fact]
    public void Of_a_buffer_over_the_end_of_a_month_the_part_that_was_stored_is_followed()
    {
        var trouble = false;
        using var store = new SqliteFrameStore(new SqliteFiles(TelemetryHouse.NewFolder(), () => trouble ? "PRAGMA query_only = 1" : ""));
        using var log = new Bare(store);
        log.Commit(December.AddSeconds(-2)); // opens the file of November
        trouble = true;

        var torn = log.Commit(December.AddSeconds(-1), December); // that of December cannot be written

        Assert.IsType<FramesNotStoredException>(torn.Durable.Task.Exception!.InnerException);
        trouble = false;
        log.Commit(December.AddSeconds(1));
        Assert.Equal([1, 2, 4], log.Followed());
        IsOneChain(store);
    }

    [Fact]
    public void What_was_stored_after_all_is_followed_also_when_no_frame_comes_any_more()
    {
        var trouble = false;
        using var store = new SqliteFrameStore(new SqliteFiles(TelemetryHouse.NewFolder(), () => trouble ? "PRAGMA query_only = 1" : ""));
        using var log = new Bare(store);
        log.Commit(December.AddSeconds(-2));
        trouble = true;
        log.Commit(December.AddSeconds(-1), December);
        trouble = false;

        log.Committer.Probe();

        Assert.Null(log.Committer.Trouble);
        Assert.Equal([1, 2], log.Followed());
    }

    /// <summary>The factor a34013 waits for a checkpoint, and its number in the database is taken by <paramref name="factor"/>.</summary>
    private static async Task<TelemetryHouse> WithCodeAsync(string factor)
    {
        var house = await TelemetryHouse.OpenOnAsync(await (await PostgresServer.SharedAsync()).NewDatabaseAsync());
        await house.ApplyAsync(1, 1, TelemetryHouse.Noon.DateTime, ("a21002", "Rtd", "1", "N"));
        await house.CheckpointAsync(1);
        await house.ApplyAsync(1, 2, TelemetryHouse.Noon.DateTime.AddMinutes(1), ("a34013", "Rtd", "2", "N"));
        house.Execute("", "", $"INSERT INTO telemetry.code (month, id, factor, quantity) VALUES ({(2026 * 12) + 10}, 1, '{factor}', 'Rtd')");
        return house;
    }

    private static void IsOneChain(IFrameStore store)
    {
        var rows = store.ReadAfter(0, 16);
        Assert.Equal(rows.SkipLast(1).Select(row => Convert.ToHexString(row.Sha256)), rows.Skip(1).Select(row => Convert.ToHexString(row.PreviousSha256)));
    }

    private static async Task InsertAsync(NpgsqlConnection session, BatchRow row)
    {
        await using var insert = new NpgsqlCommand(
            """
            WITH held AS (SELECT value FROM telemetry.mark WHERE name = 'writer-epoch' FOR UPDATE)
            INSERT INTO telemetry.frame_batch (id, received_from, received_to, frames, raw_bytes, previous_sha256, sha256, codec, content, month)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 FROM held
            """,
            session);
        foreach (var value in (object[])[row.Id, row.ReceivedFrom, row.ReceivedTo, row.Frames, row.RawBytes, row.PreviousSha256, row.Sha256, row.Codec, row.Content, Micros.Month(row.ReceivedFrom)])
            insert.Parameters.Add(new() { Value = value });
        Assert.Equal(1, await insert.ExecuteNonQueryAsync(Ct));
    }

    /// <summary>A server that was away may refuse a frame or two before it takes one.</summary>
    private static Task StoreAtLastAsync(TelemetryHouse house, string text) => Ingest.Eventually.That(async () =>
    {
        try
        {
            await house.StoreAsync(TelemetryHouse.Arrival(), text);
            return true;
        }
        catch (FramesNotStoredException)
        {
            return false;
        }
    });

    /// <summary>What comes to a follower of this run, who reads in memory, up to that frame; each text once.</summary>
    private static async Task<IReadOnlyList<string>> FollowedAsync(TelemetryHouse house, string last)
    {
        var texts = new List<string>();
        await foreach (var batch in house.Tail.FollowAsync(0, Ct))
        {
            texts.AddRange(batch.Frames.Select(frame => Encoding.ASCII.GetString(frame.Bytes.Span)));
            if (texts.Contains(last)) break;
        }

        return [.. texts.Distinct()];
    }

    private static async Task IsOneChainAsync(TelemetryHouse house)
    {
        var audit = await house.Get<ITelemetryAudit>().RunAsync(Ct);
        Assert.True(audit.Ok, string.Join('\n', audit.Findings));
    }

    /// <summary>With time limits of its own: those of the house are short in some tests.</summary>
    private static async Task<object?> AskAsync(string database, string question)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false;Timeout=60;Command Timeout=60");
        await connection.OpenAsync(Ct);
#pragma warning disable CA2100 // the tests' own words
        await using var command = new NpgsqlCommand(question, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Ct);
    }

    /// <summary>A committer without the thread that probes by itself.</summary>
    private sealed class Bare : IMarkStore, IDisposable
    {
        private readonly TelemetryMetrics _metrics = new();
        private readonly BatchPackers _packers = new(new());
        private readonly RecentBatches _recent = new(1 << 20);
        private long _next;

        public Bare(IFrameStore store)
        {
            Committer = new(store, this, _recent, new() { MinimumFreeBytes = 0 }, _metrics, NullLogger<FrameCommitter>.Instance);
            _next = Committer.Open();
        }

        public FrameCommitter Committer { get; }

        public FrameBuffer Commit(params ReadOnlySpan<DateTimeOffset> received)
        {
            var buffer = Buffer(received);
            Committer.Commit(buffer);
            return buffer;
        }

        /// <summary>Under the id that the batch before had.</summary>
        public FrameBuffer CommitAgain(DateTimeOffset received)
        {
            _next--;
            return Commit(received);
        }

        /// <summary>The batch that another session of this node would append to that head.</summary>
        public BatchRow Next(LogHead head)
        {
            using var packed = Assert.Single(Buffer(TelemetryHouse.Noon).Pack());
            return BatchCodec.Seal(packed, head.Sha256);
        }

        /// <summary>Counters of the batches that come to those who read in memory.</summary>
        public IReadOnlyList<long> Followed()
        {
            Assert.True(_recent.TryAfter(0, out var followed));
            return [.. followed.Select(batch => batch.Id & uint.MaxValue)];
        }

        public void Dispose()
        {
            _metrics.Dispose();
            _packers.Dispose();
        }

        private FrameBuffer Buffer(params ReadOnlySpan<DateTimeOffset> received)
        {
            var buffer = new FrameBuffer(new(), _packers);
            foreach (var at in received)
            {
                var (arrival, bytes) = (TelemetryHouse.Arrival(at: at), new ReadOnlySequence<byte>(new byte[10]));
                Assert.True(buffer.TryAdd(in arrival, in bytes, ref _next, out _));
            }

            return buffer;
        }

        public long Read(string name) => 0;

        public void Write(string name, long value)
        {
        }
    }
}
