using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.RemoteControl;

/// <summary>Commands while the real process is killed with signal 9 again and again: each ends once, and what it says is what the logger did.</summary>
public sealed class KilledCommandsTests
{
    private const int Stations = 10;

    // Short waits, so that what a kill has swallowed is noticed while the test looks.
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["QINGYUAN__RemoteControl__OverTime"] = "00:00:04",
        ["QINGYUAN__RemoteControl__LongExecution"] = "00:00:04",
        ["QINGYUAN__RemoteControl__ShortExecution"] = "00:00:04",
        ["QINGYUAN__RemoteControl__CommandsPerHour"] = "1000",
    };

    [Fact]
    public Task Each_of_forty_commands_over_three_kills_ends_in_one_state_that_matches_what_the_logger_did() => RunAsync(commands: 40, kills: 3);

    [Fact]
    public async Task The_same_while_each_node_that_is_killed_is_followed_by_another_one()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        await RunAsync(commands: 40, kills: 3, await postgres.NewDatabaseAsync());
    }

    [Fact]
    public async Task The_same_while_loggers_and_people_call_the_node_that_waits()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        await RunAsync(commands: 40, kills: 3, await postgres.NewDatabaseAsync(), isRelayed: true);
    }

    [Fact(Explicit = true)]
    public Task Each_of_two_hundred_commands_over_ten_kills_ends_in_one_state_that_matches_what_the_logger_did() => RunAsync(commands: 200, kills: 10);

    /// <param name="database">A PostgreSQL: then the next node, with a data directory of its own, stands by before the one that serves is killed. Null starts the same directory again.</param>
    /// <param name="isRelayed">Everybody calls the node that stands by and brings them to the one that serves; so nobody has to look for another address after the kill.</param>
    private static async Task RunAsync(int commands, int kills, string? database = null, bool isRelayed = false)
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-kill-").FullName;
        var person = await PrepareAsync(folder, database);
        var settings = new Dictionary<string, string>(Settings);
        if (database is not null) settings["QINGYUAN__Database"] = database;
        if (isRelayed) settings["QINGYUAN__Cluster"] = "127.0.0.1:0";
        Served? standby = null;
        IPEndPoint? host = null;
        var fields = Enumerable.Range(0, Stations).Select(at => FieldEnd.Start(Mn(at), () => host ?? throw new InvalidOperationException("down"))).ToArray();
        var asked = new List<(string Id, FieldEnd Field)>();
        for (var round = 0; round <= kills; round++)
        {
            using var server = standby ?? Served.Start(folder, settings);
            await server.ReadyAsync();
            standby = database is null || round == kills ? null : Served.Start(AnotherNode(folder), settings);
            if (isRelayed && standby is not null) await standby.StandsByAsync();
            var called = isRelayed ? standby ?? server : server;
            (host, person) = (called.Hj212, Moved(person, called.Http));
            var code = round is 0 ? person.NextCode : person.Recovery[round - 1]; // each is good once
            Assert.Equal(HttpStatusCode.OK, (await person.PostAsync("/me/step-up", new { code })).Status);
            await AskAsync(person, fields, asked, (commands * (round + 1) / (kills + 1)) - asked.Count);
            if (round < kills && !isRelayed) host = null; // its port may soon be somebody else's
            if (round < kills) continue; // dies with its commands anywhere between asked and done
            await Eventually.That(async () => (await OpenAsync(person)) is 0);
            await JudgeAsync(person, asked, commands / (kills + 1));
        }

        foreach (var field in fields) await field.DisposeAsync();
    }

    private static async Task AskAsync(RemoteBench.Person person, FieldEnd[] fields, List<(string Id, FieldEnd Field)> asked, int count)
    {
        for (var made = 0; made < count; made++)
        {
            var (at, reads) = (asked.Count % Stations, made % 2 is 0);
            await Eventually.That(async () =>
            {
                var (status, body) = await person.AskAsync(Mn(at), reads ? "read-clock" : "clean", reads ? new { } : new { factor = "w01018" });
                if (status is HttpStatusCode.Created) asked.Add((body.GetProperty("id").GetString()!, fields[at]));
                // Else the logger is on its way back, or the device still busy with the command before.
                else Assert.Contains(body.GetProperty("type").GetString(), (string[])["command.station-offline", "command.another-running"]);
                return status is HttpStatusCode.Created;
            });
        }
    }

    private static async Task<int> OpenAsync(RemoteBench.Person person)
    {
        var open = 0;
        for (var at = 0; at < Stations; at++) open += (await person.GetAsync($"/stations/{Mn(at)}/commands?open=true")).Body.GetProperty("items").GetArrayLength();
        return open;
    }

    /// <param name="last">As many of them were asked after the last kill.</param>
    private static async Task JudgeAsync(RemoteBench.Person person, List<(string Id, FieldEnd Field)> asked, int last)
    {
        var states = new List<string>();
        foreach (var (id, field) in asked)
        {
            var command = (await person.GetAsync("/commands/" + id)).Body;
            var state = command.GetProperty("state").GetString()!;
            states.Add(state);
            var qn = command.GetProperty("qn").GetString();
            var times = field.CarriedOut.Count(message => message.Qn == qn);
            Assert.True(times <= 1, $"{id} was carried out {times} times");
            Assert.Contains(state, (string[])["done", "timed-out", "refused"]);
            if (state is "done") Assert.Equal(1, times);
            if (state is "refused") Assert.Equal(0, times); // off line in the moment it was to go out
            var ends = command.GetProperty("steps").EnumerateArray().Count(step => step.GetProperty("state").GetString() is "done" or "timed-out" or "refused" or "failed" or "cancelled");
            Assert.Equal(1, ends);
        }

        // Time-outs are for what a kill swallowed, not the rule.
        Assert.True(states.TakeLast(last).Count(state => state is "done") >= last / 2, string.Join(' ', states.CountBy(state => state)));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(' ', states.CountBy(state => state)));
    }

    /// <summary>A data directory with nothing in it but the key that all nodes share.</summary>
    private static string AnotherNode(string folder)
    {
        var other = Directory.CreateTempSubdirectory("qingyuan-kill-").FullName;
        Directory.CreateDirectory(Path.Combine(other, "keys"));
        File.Copy(Path.Combine(folder, "keys", "wrapping.key"), Path.Combine(other, "keys", "wrapping.key"));
        return other;
    }

    private static async Task<RemoteBench.Person> PrepareAsync(string folder, string? database)
    {
        Dictionary<string, string?> said = new() { ["Data"] = folder, ["Database"] = database, ["Http"] = "127.0.0.1:0", ["Hj212"] = "127.0.0.1:0" };
        await using var server = await Server.StartAsync(said);
        for (var at = 0; at < Stations; at++)
        {
            var draft = new StationDraft(Mn(at), "k", StationKind.Water, 2017, FieldEnd.Password);
            Assert.True((await server.Services.GetRequiredService<IStationArchive>().AddAsync(draft, Actor.Service("test", "self"), TestContext.Current.CancellationToken)).IsOk);
        }

        using var client = new HttpClient();
        return await RemoteBench.AddPersonAsync(server.Services, Roles.Technician, client);
    }

    private static RemoteBench.Person Moved(RemoteBench.Person person, Uri address)
    {
        var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", person.Token);
        return person with { Client = client };
    }

    private static string Mn(int at) => $"KILLCMD{at:D7}";
}
