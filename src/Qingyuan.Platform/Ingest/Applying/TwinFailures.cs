using System.Data.Common;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Applying;

/// <summary>Tells the world's failures, which pass, from a report that its twin cannot take.</summary>
internal static class TwinFailures
{
    public static bool IsTheWorld(Exception error) => error switch
    {
        StoredDamageException => false, // does not pass: who waited for it would hold up every station
        TimeoutException or OrleansException or IOException or UnauthorizedAccessException => true,
        DbException database => IsTheWorld(database),
        { InnerException: { } inner } => IsTheWorld(inner),
        _ => false,
    };

    // SQL states 22, 23, 42: the data or the statement are wrong. SQLite gives none; its codes 1 (SQL), 19 (constraint), 20 (mismatch) and 25 (range) are the same.
    // 11 (corrupt) and 26 (no database): the file is damaged, which does not pass either.
    private static bool IsTheWorld(DbException error) => error.SqlState is { Length: >= 2 } state
        ? !(state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal) || state.StartsWith("42", StringComparison.Ordinal))
        : error is not Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 1 or 11 or 19 or 20 or 25 or 26 };
}
