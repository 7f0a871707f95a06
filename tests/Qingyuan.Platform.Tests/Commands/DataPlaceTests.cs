using System.Text.Json.Nodes;
using Qingyuan.Host.Commands;
using Qingyuan.Host.Control;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Tests.Commands;

/// <summary>An installation is opened where its data are, with the key its secrets are sealed with, and by one at a time.</summary>
public sealed class DataPlaceTests
{
    private readonly DataDirectory _data = new(Directory.CreateTempSubdirectory("qingyuan-place-").FullName);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_installation_on_files_does_not_begin_anew_in_a_PostgreSQL_that_is_named_too_early()
    {
        await (await Server.StartAsync(Said(null))).DisposeAsync();
        var database = await DatabaseAsync();

        Assert.Contains("qingyuan move", (await Assert.ThrowsAsync<WrongUseException>(() => Server.StartAsync(Said(database)))).Message, StringComparison.Ordinal);
        Assert.Contains("qingyuan move", (await Assert.ThrowsAsync<WrongUseException>(() => AddAsync("u1", database))).Message, StringComparison.Ordinal);

        await (await Server.StartAsync(Said(null))).DisposeAsync();
    }

    [Fact]
    public async Task An_installation_in_a_PostgreSQL_does_not_begin_anew_in_files_when_its_name_is_forgotten()
    {
        var database = await DatabaseAsync();
        await (await Server.StartAsync(Said(database))).DisposeAsync();

        Assert.Contains("--db", (await Assert.ThrowsAsync<WrongUseException>(() => Server.StartAsync(Said(null)))).Message, StringComparison.Ordinal);
        Assert.Contains("--db", (await Assert.ThrowsAsync<WrongUseException>(() => AddAsync("u1", null))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_data.Database));

        await (await Server.StartAsync(Said(database))).DisposeAsync();
    }

    [Fact]
    public async Task A_verb_without_the_key_of_the_installation_writes_nothing_and_makes_no_other()
    {
        await (await Server.StartAsync(Said(null))).DisposeAsync();
        var key = Path.Combine(_data.Keys, "wrapping.key");
        File.Move(key, key + ".elsewhere");

        Assert.Contains("QINGYUAN_KEY_FILE", (await Assert.ThrowsAsync<IOException>(() => AddAsync("u1", null))).Message, StringComparison.Ordinal);

        Assert.False(File.Exists(key));
        File.Move(key + ".elsewhere", key);
        Assert.Equal(Exit.Done, await AddAsync("u1", null)); // the name was not taken
    }

    [Fact]
    public async Task A_verb_does_not_write_beside_the_node_that_serves_the_database()
    {
        var database = await DatabaseAsync();
        await using (await NodeLease.TakeAsync(database, "serves 1", TimeSpan.FromMinutes(1), () => [], () => Task.CompletedTask, Ct))
            Assert.Contains("another node", (await Assert.ThrowsAsync<WrongUseException>(() => AddAsync("u1", database))).Message, StringComparison.Ordinal);

        Assert.Equal(Exit.Done, await AddAsync("u1", database));
    }

    [Fact]
    public async Task A_verb_that_fails_in_the_running_platform_is_answered()
    {
        await using var server = await Server.StartAsync(Said(null));

        var answer = await ControlSocket.AskAsync(_data, new("user add", new JsonObject { ["name"] = 7 }), Ct); // no text: a bug of the caller

        Assert.Equal(Exit.WorldFailed, answer!.Exit);
        Assert.Contains("running server", answer.Error, StringComparison.Ordinal);
        Assert.Equal(Exit.Done, await AddAsync("u1", null));
    }

    private static async Task<string> DatabaseAsync() => await (await PostgresServer.SharedAsync()).NewDatabaseAsync();

    private Task<int> AddAsync(string name, string? database) =>
        ControlClient.RunAsync(Said(database), new("user add", new JsonObject { ["name"] = name, ["role"] = "regulator", ["org"] = "gov" }), Ct);

    private Dictionary<string, string?> Said(string? database)
    {
        Dictionary<string, string?> said = new() { ["Data"] = _data.Root, ["Http"] = "127.0.0.1:0", ["Hj212"] = "127.0.0.1:0" };
        if (database is not null) said["Database"] = database;
        return said;
    }
}
