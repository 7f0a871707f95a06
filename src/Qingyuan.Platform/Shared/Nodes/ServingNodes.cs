using Microsoft.EntityFrameworkCore;
using Npgsql;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Shared.Nodes;

/// <summary>The node that serves, as it told the others.</summary>
/// <param name="Name">Its machine and process.</param>
/// <param name="Address">HOST:PORT where it takes their connections.</param>
/// <param name="SealedIdentity">The certificate both sides show each other, with its key, under the wrapping key. Sealed anew by each that serves.</param>
/// <param name="Silo">Address and generation of its silo: when the others find that dead, the node is not to serve any longer. Null of a release that had none, and of a node that stops.</param>
public sealed record ServingNode(string Name, string Address, byte[] SealedIdentity, string? Silo);

/// <summary>Where the nodes of one installation find the one that serves.</summary>
public sealed class ServingNodes
{
    private static readonly TimeSpan OldFor = TimeSpan.FromMinutes(1);
    private readonly IDatabase _database;
    private readonly TimeProvider _clock;
    private DateTimeOffset _oldUntil;

    /// <param name="database">That all nodes share.</param>
    /// <param name="clock">Says since when.</param>
    public ServingNodes(IDatabase database, TimeProvider clock) => (_database, _clock) = (database, clock);

    /// <summary>Null when nobody said so yet, or the schema is of a release that knew no such nodes.</summary>
    /// <exception cref="System.Data.Common.DbException">The database does not answer.</exception>
    public async Task<ServingNode?> FindAsync(CancellationToken ct)
    {
        await using var db = _database.Read();
        var rows = db.Set<ServingNodeRow>();
        try
        {
            if (_clock.GetUtcNow() >= _oldUntil) return await rows.Select(row => new ServingNode(row.Name, row.Address, row.SealedIdentity, row.Silo)).FirstOrDefaultAsync(ct);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UndefinedColumn)
        {
            _oldUntil = _clock.GetUtcNow() + OldFor; // the release before serves still; the server's log need not say so every second
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return null;
        }

        try
        {
            return await rows.Select(row => new ServingNode(row.Name, row.Address, row.SealedIdentity, null)).FirstOrDefaultAsync(ct);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return null;
        }
    }

    /// <summary>Tells the others; who said so before is forgotten.</summary>
    /// <param name="node">Who.</param>
    /// <param name="session">The database session that holds its right to serve, as the server numbers it.</param>
    /// <param name="ct">Stops it.</param>
    public Task RecordAsync(ServingNode node, string? session, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(node);
        return _database.WriteAsync(
            async (db, token) =>
            {
                var row = await db.Set<ServingNodeRow>().FindAsync([ServingNodeRow.Only], token);
                if (row is null) return db.Add(new ServingNodeRow { Name = node.Name, Address = node.Address, SealedIdentity = node.SealedIdentity, Silo = node.Silo, Session = session, Since = _clock.GetUtcNow() }).Entity;
                (row.Name, row.Address, row.SealedIdentity, row.Silo, row.Session, row.Since) = (node.Name, node.Address, node.SealedIdentity, node.Silo, session, _clock.GetUtcNow());
                return row;
            },
            ct);
    }

    /// <summary>It stops in order: that its silo goes is no death.</summary>
    public Task LeaveAsync(string name, CancellationToken ct) =>
        _database.WriteAsync((db, token) => db.Set<ServingNodeRow>().Where(row => row.Name == name).ExecuteUpdateAsync(row => row.SetProperty(each => each.Silo, (string?)null), token), ct);

    /// <summary>The one that serves takes nothing from others.</summary>
    public Task ForgetAsync(CancellationToken ct) => _database.WriteAsync((db, token) => db.Set<ServingNodeRow>().ExecuteDeleteAsync(token), ct);
}
