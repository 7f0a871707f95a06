using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Analysis.Sql.History;

/// <summary>A statement somebody ran.</summary>
internal sealed class SqlRunRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string OwnerId { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Sql { get; init; }

    public required string Query { get; init; }

    public required string Outcome { get; init; }

    public long Rows { get; init; }

    public long Milliseconds { get; init; }
}

/// <summary>The last statements of each person: a convenience. Who asked what is told by the log files, which are kept.</summary>
internal sealed class HistoryBook(IDatabase database)
{
    private const int Most = 50;

    public Task AddAsync(SqlRunRow run, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var old = await db.Set<SqlRunRow>().Where(row => row.OwnerId == run.OwnerId).OrderByDescending(row => row.Id).Skip(Most - 1).Select(row => row.Id).ToListAsync(token);
            await db.Set<SqlRunRow>().Where(row => old.Contains(row.Id)).ExecuteDeleteAsync(token);
            db.Add(run);
            return run;
        },
        ct);

    public async Task<IReadOnlyList<SqlRun>> ListAsync(string ownerId, CancellationToken ct)
    {
        await using var db = database.Read();
        var rows = await db.Set<SqlRunRow>().Where(row => row.OwnerId == ownerId).OrderByDescending(row => row.Id).Take(Most).ToListAsync(ct);
        return [.. rows.Select(row => new SqlRun(row.At, row.Sql, row.Query, row.Outcome, row.Rows, row.Milliseconds))];
    }
}
