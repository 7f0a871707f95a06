namespace Qingyuan.Platform.Shared.Persistence;

/// <summary>The one edge to the relational store: opens contexts, runs writes in transactions, retries what the world failed.</summary>
public interface IDatabase
{
    /// <summary>A context for reading; the caller disposes it. Nothing is tracked.</summary>
    QingyuanDb Read();

    /// <summary>
    /// Runs <paramref name="act"/> in one transaction, saves and commits. Transient failures (busy, serialisation, lost connection) run it again from the start,
    /// so it must not have effects outside <c>db</c> but through <see cref="QingyuanDb.AfterCommit"/>.
    /// </summary>
    Task<T> WriteAsync<T>(Func<QingyuanDb, CancellationToken, Task<T>> act, CancellationToken ct);

    /// <summary>True when <paramref name="error"/> says that a unique index was violated, on either engine.</summary>
    bool IsUniqueViolation(Exception error);
}
