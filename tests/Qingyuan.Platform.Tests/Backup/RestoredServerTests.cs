using Npgsql;
using Qingyuan.Platform.Backup.Contracts;

namespace Qingyuan.Platform.Tests.Backup;

/// <summary>A restored server carries what <c>ALTER SYSTEM</c> set on the one it is a copy of, which may still serve.</summary>
public class RestoredServerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Drill_and_restoration_write_nothing_into_the_archive_and_heed_no_port_of_the_server_they_copy()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        var original = await postgres.NewDatabaseAsync();
        await using var house = await BackupHouse.StartAsync(original);
        await house.StoreAsync(0, 20);
        var archive = Directory.CreateDirectory(Path.Combine(house.Root, "archive")).FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(archive, (UnixFileMode)Convert.ToInt32("777", 8)); // the server runs as another user
        // Never loaded by the original, which is not restarted: only its copies read them.
        await SqlAsync(
            original, "ALTER SYSTEM SET archive_mode = on", $"ALTER SYSTEM SET archive_command = 'cp %p {archive}/%f'", "ALTER SYSTEM SET port = 1", "ALTER SYSTEM SET unix_socket_directories = '/nowhere'",
            "ALTER SYSTEM SET listen_addresses = '*'", "ALTER SYSTEM SET shared_preload_libraries = 'no_such_library'", "ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "ALTER SYSTEM SET logging_collector = on");
        var backup = await house.TakeAsync();

        var drill = (await house.Get<IBackups>().DrillAsync(house.Vault, BackupHouse.Administrator, Ct)).Value;
        var restored = await house.RestoreAsync(backup, Path.Combine(house.Root, "restored"));

        Assert.True(drill.Ok, string.Join('\n', drill.Findings));
        Assert.True(restored.IsOk);
        Assert.Empty(Directory.EnumerateFileSystemEntries(archive));
    }

    [Fact]
    public async Task A_restored_server_that_does_not_start_says_why_and_nothing_of_it_is_left()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        var original = await postgres.NewDatabaseAsync();
        await using var house = await BackupHouse.StartAsync(original);
        await SqlAsync(original, "ALTER SYSTEM SET superuser_reserved_connections = 1000");
        var backup = await house.TakeAsync();
        var target = Path.Combine(house.Root, "restored");

        var failed = await Assert.ThrowsAsync<IOException>(() => house.RestoreAsync(backup, target));
        var drill = (await house.Get<IBackups>().DrillAsync(house.Vault, BackupHouse.Administrator, Ct)).Value;

        Assert.Contains("superuser_reserved_connections", failed.Message, StringComparison.Ordinal);
        Assert.Contains("superuser_reserved_connections", Assert.Single(drill.Findings), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(house.Root, "restored*"));
    }

    [Fact]
    public async Task A_database_that_is_not_the_one_of_the_backup_is_refused_and_left_as_it_is()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        var original = await postgres.NewDatabaseAsync();
        await using var house = await BackupHouse.StartAsync(original);
        await house.SealedAsync(await house.RecordAsync("one"));
        await house.SealedAsync(await house.RecordAsync("two"));
        var backup = await house.TakeAsync();
        var (empty, other, older) = (await postgres.NewDatabaseAsync(), await postgres.NewDatabaseAsync(), await postgres.NewDatabaseAsync());
        var absent = new NpgsqlConnectionStringBuilder(original) { Database = "nowhere" }.ToString();
        var first = (Guid)(await SqlAsync(original, "SELECT \"EntryId\" FROM ledger_position ORDER BY \"LogIndex\" LIMIT 1"))!;
        await SqlAsync(other, "CREATE TABLE ledger_entry (\"Id\" uuid)");
        await SqlAsync(older, "CREATE TABLE ledger_entry (\"Id\" uuid)", $"INSERT INTO ledger_entry VALUES ('{first}')");

        string[] codes = [await CodeAsync(absent), await CodeAsync(empty), await CodeAsync(other), await CodeAsync(older)];

        Assert.Equal("backup.database-absent backup.database-other backup.database-other backup.database-older", string.Join(' ', codes));
        Assert.Equal(0L, await SqlAsync(original, "SELECT count(*) FROM pg_database WHERE datname = 'nowhere'"));
        Assert.Equal(0L, await SqlAsync(empty, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(house.Root, "restored*"));

        async Task<string> CodeAsync(string database) => (await house.RestoreAsync(backup, Path.Combine(house.Root, "restored"), database: database)).Refusal.Code;
    }

    /// <summary>One after the other; gives what the last answers.</summary>
    private static async Task<object?> SqlAsync(string database, params string[] statements)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Ct);
        object? answer = null;
        foreach (var statement in statements)
        {
#pragma warning disable CA2100 // the tests' own words
            await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
            answer = await command.ExecuteScalarAsync(Ct);
        }

        return answer;
    }
}
