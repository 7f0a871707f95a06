using Microsoft.EntityFrameworkCore;
using Npgsql;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Shared.Nodes;

/// <summary>The node that serves, as it told the others.</summary>
/// <param name="Name">Its machine and process.</param>
/// <param name="Address">HOST:PORT where it takes their connections.</param>
/// <param name="SealedIdentity">The certificate both sides show each other, with its key, under the wrapping key.</param>
public sealed record ServingNode(string Name, string Address, byte[] SealedIdentity);

/// <summary>Where the nodes of one installation find the one that serves.</summary>
public sealed class ServingNodes
{
    private readonly IDatabase _database;
    private readonly TimeProvider _clock;

    /// <param name="database">That all nodes share.</param>
    /// <param name="clock">Says since when.</param>
    public ServingNodes(IDatabase database, TimeProvider clock) => (_database, _clock) = (database, clock);

    /// <summary>Null when nobody said so yet, or the schema is of a release that knew no such nodes.</summary>
    /// <exception cref="System.Data.Common.DbException">The database does not answer.</exception>
    public async Task<ServingNode?> FindAsync(CancellationToken ct)
    {
        await using var db = _database.Read();
        try
        {
            return await db.Set<ServingNodeRow>().Select(row => new ServingNode(row.Name, row.Address, row.SealedIdentity)).FirstOrDefaultAsync(ct);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return null;
        }
    }

    /// <summary>Tells the others; who said so before is forgotten.</summary>
    public Task RecordAsync(ServingNode node, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(node);
        return _database.WriteAsync(
            async (db, token) =>
            {
                var row = await db.Set<ServingNodeRow>().FindAsync([ServingNodeRow.Only], token);
                if (row is null) return db.Add(new ServingNodeRow { Name = node.Name, Address = node.Address, SealedIdentity = node.SealedIdentity, Since = _clock.GetUtcNow() }).Entity;
                (row.Name, row.Address, row.SealedIdentity, row.Since) = (node.Name, node.Address, node.SealedIdentity, _clock.GetUtcNow());
                return row;
            },
            ct);
    }

    /// <summary>The one that serves takes nothing from others.</summary>
    public Task ForgetAsync(CancellationToken ct) => _database.WriteAsync((db, token) => db.Set<ServingNodeRow>().ExecuteDeleteAsync(token), ct);
}
