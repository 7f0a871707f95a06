using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Security.SignIn;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Tests.Edge;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.RemoteControl;

/// <summary>The whole platform with a station of its own and people who have second factors, asked over HTTP.</summary>
internal sealed class RemoteBench
{
    private static int _numbers;
    private readonly HostHouse _house;
    private readonly int _edition;

    private RemoteBench(HostHouse house, string mn, int edition) => (_house, Mn, _edition) = (house, mn, edition);

    public string Mn { get; }

    public IServiceProvider Services => _house.Services;

    /// <summary>Somebody of the role without a name; a discharger of another organisation.</summary>
    public HttpClient Client(string role) => _house.Client(role);

    public IPEndPoint Hj212 => _house.Hj212;

    public int StationNo => Services.GetRequiredService<IStationDirectory>().Find(Mn)!.StationNo;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RemoteBench> OpenAsync(Engine engine, decimal limit = 50, StationKind kind = StationKind.Water, int edition = 2017)
    {
        var house = await HostHouse.OfAsync(engine);
        var mn = $"REMOTE{Interlocked.Increment(ref _numbers):D8}";
        var draft = new StationDraft(mn, "远程", kind, edition, FieldEnd.Password)
        {
            Factors = [new(kind is StationKind.Water ? "w01018" : "a21026", "因子", "factor", "mg/L", 1, new(limit, null, null, LimitBasis.HourlyMean, "test"), null, null, "A")],
        };
        Assert.True((await house.Services.GetRequiredService<IStationArchive>().AddAsync(draft, Actor.Service("test", "self"), Token)).IsOk);
        return new(house, mn, edition);
    }

    /// <summary>The station's logger, once the platform knows its link and its value.</summary>
    public async Task<FieldEnd> ConnectAsync(string value = "18.2")
    {
        var field = FieldEnd.Start(Mn, () => _house.Hj212, _edition);
        field.Value = value;
        using var client = _house.Client(Roles.Regulator);
        await Eventually.That(async () => (await client.GetStringAsync(new Uri($"/api/v1/stations/{Mn}/latest", UriKind.Relative), Token)).Contains(value, StringComparison.Ordinal));
        return field;
    }

    /// <summary>A person of a role with a second factor; <paramref name="fresh"/> has shown it again.</summary>
    public async Task<Person> PersonAsync(string role, bool fresh = true)
    {
        var person = await AddPersonAsync(Services, role, _house.Client());
        if (fresh) Assert.Equal(HttpStatusCode.OK, (await person.PostAsync("/me/step-up", new { code = person.NextCode })).Status);
        return person;
    }

    /// <summary>A new account with a second factor and a token in its name.</summary>
    public static async Task<Person> AddPersonAsync(IServiceProvider services, string role, HttpClient client)
    {
        var accounts = services.GetRequiredService<IAccounts>();
        var name = $"p{Interlocked.Increment(ref _numbers)}";
        Assert.True((await accounts.AddAsync(name, role, null, Actor.Service("test", "self"), Token)).IsOk);
        var actor = new Actor("u:" + name, role, "self", "token");
        var key = (await accounts.StartTotpAsync(actor, Token)).Value.Key;
        var recovery = (await accounts.ConfirmTotpAsync(Code(key, 0), actor, Token)).Value;
        var secret = (await accounts.CreateTokenAsync(name, role, null, 1, name, Actor.Service("test", "self"), Token)).Value.Secret;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return new(client, actor.Id, key, recovery, secret);
    }

    public async Task<JsonElement> EndedAsync(Person person, string id)
    {
        JsonElement command = default;
        await Eventually.That(async () => (command = (await person.GetAsync("/commands/" + id)).Body).GetProperty("endedAt").ValueKind is JsonValueKind.String);
        return command;
    }

    private static string Code(string base32, int stepsAhead)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var (bytes, bits, held) = (new List<byte>(), 0, 0);
        foreach (var letter in base32)
        {
            held = (held << 5) | Letters.IndexOf(letter, StringComparison.Ordinal);
            if ((bits += 5) < 8) continue;
            bytes.Add((byte)(held >> (bits -= 8)));
        }

        return Totp.Code(bytes.ToArray(), (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30) + stepsAhead);
    }

    /// <summary>Somebody with a token of his own.</summary>
    public sealed record Person(HttpClient Client, string Id, string Key, IReadOnlyList<string> Recovery, string Token) : IDisposable
    {
        /// <summary>Of the next half minute: that of this one was shown when the factor was set up.</summary>
        public string NextCode => Code(Key, 1);

        public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body)
        {
            using var response = await Client.PostAsJsonAsync(new Uri("/api/v1" + path, UriKind.Relative), body, TestContext.Current.CancellationToken);
            return (response.StatusCode, await Json(response));
        }

        public async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path)
        {
            using var response = await Client.GetAsync(new Uri("/api/v1" + path, UriKind.Relative), TestContext.Current.CancellationToken);
            return (response.StatusCode, await Json(response));
        }

        public Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(string mn, string command, object? parameters = null, Guid? workOrder = null, string reason = "test") =>
            PostAsync($"/stations/{mn}/commands", new { command, parameters = parameters ?? new { }, reason, workOrder });

        public void Dispose() => Client.Dispose();

        private static async Task<JsonElement> Json(HttpResponseMessage response) =>
            JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }
}
