using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Qingyuan.Platform.Shared.Persistence;

internal sealed class Database(PersistenceOptions options, IEnumerable<IModelPart> parts) : IDatabase, IDisposable
{
    private const int Attempts = 5;

    // Of the engine that is used alone: the other's libraries are never loaded.
    private readonly Func<QingyuanDb> _open = options.IsPostgres ? Postgres(options, [.. parts]) : Sqlite(options, [.. parts]);

    // SQLite has one writer; waiting here is fair and costs no busy loop inside the engine.
    private readonly SemaphoreSlim _oneWriter = new(1, 1);

    public QingyuanDb Read()
    {
        var db = Open();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    public async Task<T> WriteAsync<T>(Func<QingyuanDb, CancellationToken, Task<T>> act, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(act);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteOnceAsync(act, ct);
            }
            catch (Exception error) when (attempt < Attempts && IsTransient(error) && !ct.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20 << attempt), ct);
            }
        }
    }

    public bool IsUniqueViolation(Exception error) => Root(error) switch
    {
        SqliteException { SqliteExtendedErrorCode: 2067 or 1555 } => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        _ => false,
    };

    public QingyuanDb Open() => _open();

    public void Dispose() => _oneWriter.Dispose();

    private static Func<QingyuanDb> Sqlite(PersistenceOptions options, IModelPart[] parts)
    {
        var engine = options.Sqlite();
        return () => new SqliteDb(engine, parts);
    }

    private static Func<QingyuanDb> Postgres(PersistenceOptions options, IModelPart[] parts)
    {
        var engine = options.Postgres();
        return () => new PostgresDb(engine, parts);
    }

    private async Task<T> WriteOnceAsync<T>(Func<QingyuanDb, CancellationToken, Task<T>> act, CancellationToken ct)
    {
        if (!options.IsPostgres) await _oneWriter.WaitAsync(ct);
        List<Action> afterCommit;
        T result;
        try
        {
            await using var db = Open();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            result = await act(db, ct);
            await db.SaveChangesAsync(ct);
            if (WriteCompanion.Current is { } companion) await companion(db, ct);
            await transaction.CommitAsync(ct);
            afterCommit = db.TakeAfterCommit();
        }
        finally
        {
            if (!options.IsPostgres) _oneWriter.Release();
        }

        foreach (var action in afterCommit) action();
        return result;
    }

    private static bool IsTransient(Exception error) => Root(error) switch
    {
        SqliteException { SqliteErrorCode: 5 or 6 } => true,
        NpgsqlException { IsTransient: true } => true,
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => true,
        _ => false,
    };

    private static Exception Root(Exception error) => error is DbUpdateException { InnerException: { } inner } ? inner : error;
}
