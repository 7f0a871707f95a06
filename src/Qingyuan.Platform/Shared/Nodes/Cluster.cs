using System.Data.Common;
using Npgsql;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Shared.Nodes;

/// <summary>A node of the platform on this database.</summary>
/// <param name="Name">Its machine and process.</param>
/// <param name="Address">As the server sees it; null over a local socket.</param>
/// <param name="Serves">False while it waits to take over.</param>
/// <param name="SaidAt">When it last said that it lives.</param>
/// <param name="Relays">Connections that came to it and are served here, when this node serves.</param>
/// <param name="Membership">What the nodes of a cluster found by asking each other; null when it never was a member: it runs alone, or cannot reach the others.</param>
public sealed record NodeView(string Name, string? Address, bool Serves, DateTimeOffset SaidAt, int Relays, Membership? Membership);

/// <summary>A node among the members of the cluster.</summary>
public enum Membership
{
    /// <summary>It has asked to be one and does not answer for all yet.</summary>
    Joining,

    /// <summary>It answers when the others ask whether it lives.</summary>
    Member,

    /// <summary>It took its leave, or the others found it dead.</summary>
    Ended,
}

/// <summary>A copy of the database that follows by streaming.</summary>
/// <param name="State"><c>streaming</c>, <c>catchup</c>, …; null when we may not see it.</param>
/// <param name="IsSynchronous">Commits wait for it.</param>
/// <param name="BytesBehind">What it has not replayed; null when we may not see it.</param>
/// <param name="Behind">How long the newest commits took to be replayed there; null when nothing happens or we may not see it.</param>
public sealed record ReplicaView(string Name, string? Address, string? State, bool IsSynchronous, long? BytesBehind, TimeSpan? Behind);

/// <param name="Server">The server that answers now, host and port.</param>
/// <param name="Synchronous">What commits must wait for, as the server is set; empty when for no other server.</param>
public sealed record ClusterView(string Server, string Synchronous, IReadOnlyList<NodeView> Nodes, IReadOnlyList<ReplicaView> Replicas);

/// <summary>The machines behind one installation, as PostgreSQL sees them now.</summary>
public interface ICluster
{
    /// <summary>Null with SQLite: there is one machine.</summary>
    /// <exception cref="DbException">The server does not answer.</exception>
    Task<ClusterView?> LookAsync(CancellationToken ct);
}

internal sealed class Cluster(PersistenceOptions options, RelayedConnections relayed) : ICluster
{
    private const string Server = "SELECT coalesce(host(inet_server_addr()) || ':' || inet_server_port(), 'local'), current_setting('synchronous_standby_names')";

    private const string Nodes = $"""
        SELECT a.application_name, host(a.client_addr), coalesce(bool_or(l.granted), false), max(a.state_change),
            (SELECT m.status FROM cluster_member m WHERE m.name = substr(a.application_name, length('{DatabaseAddress.NodeSession}') + 2) ORDER BY m.generation DESC LIMIT 1)
        FROM pg_stat_activity a
        LEFT JOIN pg_locks l ON l.pid = a.pid AND l.locktype = 'advisory' AND l.classid = 8212 AND l.objid = 0 AND l.objsubid = 2
        WHERE a.datname = current_database() AND a.application_name LIKE '{DatabaseAddress.NodeSession}%'
        GROUP BY a.pid, a.application_name, a.client_addr ORDER BY 3 DESC, 1
        """;

    private const string Replicas = """
        SELECT application_name, host(client_addr), state, coalesce(sync_state IN ('sync', 'quorum'), false), pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint, replay_lag
        FROM pg_stat_replication ORDER BY 1, 2
        """;

    public async Task<ClusterView?> LookAsync(CancellationToken ct)
    {
        if (options.PostgresConnection is not { } address) return null;
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync(ct);
        var (server, synchronous) = (await ReadAsync(connection, Server, row => (row.GetString(0), row.GetString(1)), ct))[0];
        return new(server, synchronous, await ReadAsync(connection, Nodes, Node, ct), await ReadAsync(connection, Replicas, Replica, ct));
    }

    private NodeView Node(DbDataReader row)
    {
        var name = row.GetString(0)[DatabaseAddress.NodeSession.Length..].Trim();
        return new(name, Text(row, 1), row.GetBoolean(2), row.GetFieldValue<DateTimeOffset>(3), relayed.Of(name), row.IsDBNull(4) ? null : MembershipOf(row.GetInt32(4)));
    }

    // As the library counts: 1 and 2 begin, 3 is active, what follows ends.
    private static Membership MembershipOf(int status) => status switch { < 3 => Membership.Joining, 3 => Membership.Member, _ => Membership.Ended };

    private static ReplicaView Replica(DbDataReader row) =>
        new(row.GetString(0), Text(row, 1), Text(row, 2), row.GetBoolean(3), row.IsDBNull(4) ? null : row.GetInt64(4), row.IsDBNull(5) ? null : row.GetFieldValue<TimeSpan>(5));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static async Task<List<T>> ReadAsync<T>(NpgsqlConnection connection, string sql, Func<DbDataReader, T> read, CancellationToken ct)
    {
#pragma warning disable CA2100 // the statements above
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync(ct);
        List<T> found = [];
        while (await rows.ReadAsync(ct)) found.Add(read(rows));
        return found;
    }
}
