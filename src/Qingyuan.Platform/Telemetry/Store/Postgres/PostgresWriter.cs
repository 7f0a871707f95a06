using System.Data.Common;
using Npgsql;

namespace Qingyuan.Platform.Telemetry.Store.Postgres;

/// <summary>The one session that appends frames. What it committed lasts: on the server, and on the copies for which its commits wait.</summary>
/// <remarks>
/// A commit is waited for without a limit. Who gives one up the usual way sends a cancellation, and a server that waits for its synchronous copy answers that (as it does
/// <c>pg_cancel_backend</c>) with a warning and a plain success: the commit is on one machine only. So a warning while it commits is a failure; and a session that the server
/// does not know any more is left where it is, without a word.
/// </remarks>
internal sealed class PostgresWriter : IDisposable
{
    // One that comes later has another, also when the number of the process comes again.
    private const string Number = "pid || '@' || extract(epoch FROM backend_start)";

    private const int SecondsOfStatements = 30;

    private readonly NpgsqlConnection _connection;
    private readonly PostgresTables _tables;
    private readonly TimeSpan _patience;
    private readonly string _number;
    private NpgsqlTransaction? _transaction;
    private PostgresNotice? _warning;
    private bool _isLeft;

    /// <param name="tables">Where to open it.</param>
    /// <param name="patience">After so long, and again after as long, the server is asked through another session whether this one still works.</param>
    /// <exception cref="NpgsqlException">The server cannot be reached.</exception>
    public PostgresWriter(PostgresTables tables, TimeSpan patience)
    {
        (_tables, _patience, _connection) = (tables, patience, tables.OpenPatient());
        _connection.Notice += (_, told) => _warning = IsWarning(told.Notice) ? told.Notice : _warning;
        try
        {
            // Whatever the server's settings say: a commit that returned is one that lasts, or nothing could be acknowledged.
            PostgresTables.Execute(_connection, "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'");
            using var command = PostgresTables.Command(_connection, $"SELECT {Number} FROM pg_stat_activity WHERE pid = pg_backend_pid()");
            _number = (string)command.ExecuteScalar()!;
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Begins a transaction; its statements go to the server together. Unlike the commit they may be given up: then nothing happened.</summary>
    public NpgsqlBatch Begin()
    {
        _transaction?.Dispose(); // committed
        _transaction = _connection.BeginTransaction();
        return new(_connection, _transaction) { Timeout = SecondsOfStatements };
    }

    /// <summary>Commits what <see cref="Begin"/> began.</summary>
    /// <exception cref="IOException">It is on this server alone, or nobody knows whether it took effect.</exception>
    public void Commit(CancellationToken ct)
    {
        _warning = null;
        var committing = _transaction!.CommitAsync(CancellationToken.None);
        while (!HasEnded(committing, ct))
        {
            if (!ct.IsCancellationRequested && IsKnown()) continue;
            Leave(committing);
            throw new IOException("The database server did not say whether the frames are committed, and does not know the session any more that committed them.");
        }

        committing.GetAwaiter().GetResult();
        if (_warning is { } warning) throw OnOneMachine(warning);
    }

    public void Dispose()
    {
        if (_isLeft) return;
        _transaction?.Dispose();
        _connection.Dispose();
    }

    /// <summary>The same for a statement of another session.</summary>
    /// <exception cref="IOException">The server warned.</exception>
    public static T Lasting<T>(NpgsqlConnection connection, Func<T> act)
    {
        PostgresNotice? warning = null;
        void Hear(object sender, NpgsqlNoticeEventArgs told) => warning = IsWarning(told.Notice) ? told.Notice : warning;
        connection.Notice += Hear;
        try
        {
            var made = act();
            return warning is null ? made : throw OnOneMachine(warning);
        }
        finally
        {
            connection.Notice -= Hear;
        }
    }

    private bool HasEnded(Task committing, CancellationToken ct)
    {
        try
        {
            return Task.WaitAny([committing], (int)_patience.TotalMilliseconds, ct) >= 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>It is in use, so it cannot be closed; it ends with the answer, or with its connection.</summary>
    private void Leave(Task committing)
    {
        _isLeft = true;
        committing.ContinueWith(
            ended =>
            {
                _ = ended.Exception; // nobody waits for it any more
                _connection.Dispose();
            },
            CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>False when the server cannot be asked, or has no such session at work: an answer would never come.</summary>
    private bool IsKnown()
    {
        try
        {
            using var other = _tables.Open();
            using var command = PostgresTables.Command(other, $"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE state = 'active' AND {Number} = $1)", _number);
            return command.ExecuteScalar() is true;
        }
        catch (Exception error) when (error is DbException or TimeoutException)
        {
            return false;
        }
    }

    // By severity: its words are in the server's language.
    private static bool IsWarning(PostgresNotice notice) => notice.InvariantSeverity is "WARNING";

    private static IOException OnOneMachine(PostgresNotice warning) => new($"PostgreSQL did not wait until the commit lasts: {warning.MessageText}");
}
