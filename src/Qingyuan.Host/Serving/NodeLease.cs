using Npgsql;
using Qingyuan.Host.Commands;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Host.Serving;

/// <summary>
/// One node serves one PostgreSQL installation; others wait beside it and take over when it dies. The lease is an advisory lock of a session, so the server itself
/// frees it with the process that held it. What a node that slept might still write is refused by the frame store, whose right to append went with the lease.
/// </summary>
internal sealed class NodeLease : IAsyncDisposable
{
    private const string TryLock = "SELECT pg_try_advisory_lock(8212, 0)";

    /// <summary>A machine that lost its power says no good-bye: the server asks after it, and gives up after about ten seconds.</summary>
    private const string Keepalive = "SET tcp_keepalives_idle = 4; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 10000";

    // Two-key advisory locks have the sub-id 2.
    private const string Holder = """
        FROM pg_locks l JOIN pg_stat_activity a USING (pid)
        WHERE l.locktype = 'advisory' AND l.classid = 8212 AND l.objid = 0 AND l.objsubid = 2 AND l.granted AND a.datname = current_database()
        """;

    private const string EndSilent = $"SELECT pg_terminate_backend(a.pid) {Holder} AND now() - a.state_change > $1";

    /// <summary>Ends the session that the serving node recorded with the silo that is dead now; another is of another process, or of a node that lives.</summary>
    private const string EndDead = $"SELECT pg_terminate_backend(a.pid) {Holder} AND EXISTS (SELECT 1 FROM serving_node s WHERE s.\"Silo\" = ANY($1) AND s.\"Session\" = {Number})";

    /// <summary>One that comes later has another, also when the number of the process comes again.</summary>
    private const string Number = "a.pid || '@' || extract(epoch FROM a.backend_start)";

    private const string Own = $"SELECT {Number} FROM pg_stat_activity a WHERE a.pid = pg_backend_pid()";

    /// <summary>What nodes that neither serve nor wait left behind: one that hangs, or lost its power, may hold a lock in the middle of a transaction for hours.</summary>
    private const string EndLeftOver = $"""
        SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
        WHERE a.datname = current_database() AND a.application_name LIKE '{DatabaseAddress.PoolSession} %' AND NOT EXISTS (
            SELECT 1 FROM pg_stat_activity l
            WHERE l.datname = a.datname AND l.application_name = '{DatabaseAddress.NodeSession} ' || substr(a.application_name, length('{DatabaseAddress.PoolSession} ') + 1))
        """;

    /// <summary>Ends a session of our own whose connection broke before the server noticed.</summary>
    private const string EndOwn = $"SELECT pg_terminate_backend(a.pid) {Holder} AND a.pid = $1";

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly string _connection;
    private readonly TimeSpan _silence;
    private readonly Func<IReadOnlyList<string>> _dead;
    private readonly CancellationTokenSource _end = new();
    private NpgsqlConnection? _session;
    private bool _isHeld;
    private int _pid; // of the session that last held it
    private Task _watch = Task.CompletedTask;

    private NodeLease(string connection, string node, TimeSpan silence, Func<IReadOnlyList<string>> dead) =>
        (_connection, _silence, _dead) = (new NpgsqlConnectionStringBuilder(DatabaseAddress.Primary(connection)) { Pooling = false, ApplicationName = $"{DatabaseAddress.NodeSession} {node}", CommandTimeout = 10 }.ToString(), silence, dead);

    /// <summary>Ends, with the reason, when this node must stop: another has the lease, or will.</summary>
    public TaskCompletionSource<string> Lost { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The session that holds it, as the server numbers it.</summary>
    public string? Session { get; private set; }

    /// <summary>Called when it is held again by another session, which the others must be told.</summary>
    public Func<Task> Retaken { get; set; } = () => Task.CompletedTask;

    /// <summary>Returns when this node may serve.</summary>
    /// <param name="connection">The installation's database.</param>
    /// <param name="node">Name under which the others see this one.</param>
    /// <param name="silence">A holder whose session says nothing for so long hangs; its session is ended.</param>
    /// <param name="dead">Silos that the nodes found dead; the session of a holder with one of them is ended at once.</param>
    /// <param name="waiting">Called once when another node serves.</param>
    /// <param name="ct">Stops the waiting.</param>
    /// <exception cref="NpgsqlException">The server cannot be reached at the start.</exception>
    public static async Task<NodeLease> TakeAsync(string connection, string node, TimeSpan silence, Func<IReadOnlyList<string>> dead, Func<Task> waiting, CancellationToken ct)
    {
        var lease = new NodeLease(connection, node, silence, dead);
        var taken = false;
        try
        {
            if (!await lease.TryAsync(ct))
            {
                await waiting();
                while (!await lease.TryAgainAsync(ct)) await Task.Delay(Beat, ct);
            }

            await lease.EndAsync(EndLeftOver, null, ct);
            taken = true;
            lease._watch = lease.WatchAsync();
            return lease;
        }
        finally
        {
            if (!taken) await lease.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watch;
        if (_session is not null) await _session.DisposeAsync();
        _end.Dispose();
    }

    /// <summary>Keeps saying that this node lives, and takes the lease again when the server was gone.</summary>
    private async Task WatchAsync()
    {
        try
        {
            do await Task.Delay(Beat, _end.Token);
            while (await KeepsAsync());
            Lost.TrySetResult("another node serves this database now");
        }
        catch (OperationCanceledException)
        {
            // disposed
        }
    }

    /// <summary>False when the server answers and another node has the lease; true while it is ours, or nobody can be asked.</summary>
    private async Task<bool> KeepsAsync()
    {
        try
        {
            if (_isHeld && _session is { State: System.Data.ConnectionState.Open }) return await SaysAsync("SELECT 1", null);
            if (await TryAsync(_end.Token))
            {
                await Retaken();
                return true;
            }

            return await SaysAsync(EndOwn, _pid); // then the next beat takes it again
        }
        catch (Exception error) when (WorldFailure.Explain(error) is not null)
        {
            await DropAsync();
            return true;
        }
    }

    private async Task<bool> SaysAsync(string sql, int? parameter)
    {
#pragma warning disable CA2100 // the statements above
        await using var command = new NpgsqlCommand(sql, _session);
#pragma warning restore CA2100
        if (parameter is { } value) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(_end.Token) is not null;
    }

    private async Task<bool> TryAgainAsync(CancellationToken ct)
    {
        try
        {
            if (await TryAsync(ct)) return true;
            await EndAsync(EndSilent, _silence, ct);
            if (_dead() is { Count: > 0 } dead) await EndAsync(EndDead, dead.ToArray(), ct);
            return false;
        }
        catch (Exception error) when (WorldFailure.Explain(error) is not null)
        {
            await DropAsync();
            return false;
        }
    }

    private async Task EndAsync(string sql, object? parameter, CancellationToken ct)
    {
#pragma warning disable CA2100 // the statements above
        await using var command = new NpgsqlCommand(sql, _session);
#pragma warning restore CA2100
        if (parameter is not null) command.Parameters.Add(new() { Value = parameter });
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<bool> TryAsync(CancellationToken ct)
    {
        if (_session is not { State: System.Data.ConnectionState.Open })
        {
            await DropAsync();
            _session = new(_connection);
            await _session.OpenAsync(ct);
            await using var keepalive = new NpgsqlCommand(Keepalive, _session);
            await keepalive.ExecuteNonQueryAsync(ct);
        }

        await using var command = new NpgsqlCommand(TryLock, _session);
        _isHeld = await command.ExecuteScalarAsync(ct) is true;
        if (!_isHeld) return false;
        await using var number = new NpgsqlCommand(Own, _session);
        (_pid, Session) = (_session.ProcessID, await number.ExecuteScalarAsync(ct) as string);
        return true;
    }

    private async Task DropAsync()
    {
        if (_session is not null) await _session.DisposeAsync();
        (_session, _isHeld) = (null, false);
    }
}
