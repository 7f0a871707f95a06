using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Exchange.Backfill;
using Qingyuan.Platform.Exchange.Deliveries;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Tests.Engines;

[assembly: AssemblyFixture(typeof(Qingyuan.Platform.Tests.Edge.HostHouses))]

namespace Qingyuan.Platform.Tests.Edge;

/// <summary>The whole platform in this process, on free ports and a fresh data directory; one per engine for all tests of the edge.</summary>
public sealed class HostHouse
{
    private static readonly Dictionary<Engine, Lazy<Task<HostHouse>>> Houses =
        Enum.GetValues<Engine>().ToDictionary(engine => engine, engine => new Lazy<Task<HostHouse>>(() => StartAsync(engine)));

    private readonly Server _server;
    private readonly Dictionary<string, string> _tokens = [];

    private HostHouse(Server server, string data) => (_server, Data) = (server, data);

    public string Data { get; }

    public Uri Address => _server.Listeners.HttpAddress;

    public System.Net.IPEndPoint Hj212 => _server.Listeners.Hj212EndPoint;

    public System.Net.IPEndPoint Sensors => _server.Listeners.SensorsEndPoint;

    public IServiceProvider Services => _server.Services;

    public static Task<HostHouse> OfAsync(Engine engine) => Houses[engine].Value;

    /// <summary>Ends the houses that were opened, while their databases still run.</summary>
    public static async Task EndAsync()
    {
        foreach (var house in Houses.Values)
            if (house is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) await (await house.Value)._server.DisposeAsync();
    }

    /// <summary>A client with a token of <paramref name="role"/>, or with none.</summary>
    public HttpClient Client(string? role = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        if (role is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[role]);
        return client;
    }

    /// <summary>One of its own, with other settings; whoever opens it ends it.</summary>
    public static Task<HostHouse> AloneAsync(Engine engine, params (string Key, string Value)[] settings) => StartAsync(engine, settings);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<HostHouse> StartAsync(Engine engine, params (string Key, string Value)[] settings)
    {
        var data = Directory.CreateTempSubdirectory("qingyuan-host-").FullName;
        // All tests of a run step up from one address, and at any time of the day; and a machine that stands still for a while sheds nobody and sends nothing twice.
        Dictionary<string, string?> said = new()
        {
            ["Data"] = data, ["Http"] = "127.0.0.1:0", ["Hj212"] = "127.0.0.1:0", ["Security:SignInsPerMinute"] = "1000", ["RemoteControl:ReadParametersAt"] = "00:00",
            ["Ingest:HistoryWaitsAfter"] = "00:10:00", ["Ingest:NobodyNewAfter"] = "00:10:00", ["Exchange:OverTime"] = "00:05:00", ["RemoteControl:OverTime"] = "00:05:00",
        };
        foreach (var (key, value) in settings) said[key] = value;
        if (engine is Engine.Postgres) said["Database"] = await (await PostgresServer.SharedAsync()).NewDatabaseAsync();
        // They would look after gaps and deliveries of the tests' stations beside the tests that do.
        var house = new HostHouse(await Server.StartAsync(said, WithoutScans), data);
        var accounts = house.Services.GetRequiredService<IAccounts>();
        foreach (var role in Roles.All)
            house._tokens[role] = (await accounts.CreateTokenAsync(role, role, role == Roles.Discharger ? "works" : null, 1, Actor.Service("test", "self"), default)).Value.Secret;
        return house;
    }

    private static void WithoutScans(IServiceCollection services)
    {
        foreach (var scan in (Type[])[typeof(BackfillScan), typeof(DeliveryScan)]) services.Remove(services.Single(each => each.ImplementationType == scan));
    }
}

/// <summary>At the end of the run: the runner gives a process ten seconds to leave, which servers without a database do not keep.</summary>
public sealed class HostHouses : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await HostHouse.EndAsync();
        await PostgresServer.EndSharedAsync(); // after those who use it
    }
}
