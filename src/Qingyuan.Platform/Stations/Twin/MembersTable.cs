using Npgsql;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>What we ourselves do in the tables of the members; the rest is the library's, by the statements our migration stored for it.</summary>
internal static class MembersTable
{
    /// <summary>As the library counts: 6 is dead.</summary>
    private const string EndAll = """
        WITH living AS (SELECT 1 FROM cluster_member WHERE cluster = $1 AND status <> 6 LIMIT 1),
             turned AS (UPDATE cluster_version SET version = version + 1 FROM living WHERE cluster = $1)
        UPDATE cluster_member SET status = 6 WHERE cluster = $1 AND status <> 6
        """;

    /// <summary>False while a release serves that knew no members.</summary>
    public static async Task<bool> IsThereAsync(string database, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("SELECT to_regclass('orleansquery') IS NOT NULL", connection);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Nobody is a member any more. Who lives learns it and joins again.</summary>
    public static async Task EndAllAsync(string database, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(EndAll, connection) { Parameters = { new() { Value = SiloPlace.Cluster } } };
        await command.ExecuteNonQueryAsync(ct);
    }
}
