using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qingyuan.Ledger.Checkpoints;
using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Storage;
using Qingyuan.Ledger.Verifying;
using Qingyuan.Platform.Evidence;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Evidence.Logging;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Evidence;

public sealed class EndpointTests : IAsyncLifetime
{
    private readonly FakeActor _actor = new();
    private EvidenceBench _bench = null!;
    private WebApplication _app = null!;
    private HttpClient _http = null!;
    private Guid _gas;
    private Guid _water;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await EvidenceBench.OpenAsync(Engine.Sqlite);
        _gas = await _bench.RecordAsync("gas");
        _water = await _bench.RecordAsync("water", FakeStations.Water);
        await _bench.TurnAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_bench.Reader).AddSingleton(_bench.Get<ILedgerPlaces>()).AddSingleton(_bench.Get<ILogDisk>()).AddSingleton(_bench.Get<EvidenceKeys>())
            .AddSingleton<ICurrentActor>(_actor)
            .AddAuthorizationBuilder().AddPolicy(Policies.ReadLedger, policy => policy.RequireAssertion(_ => _actor.MayRead));
        builder.Services.AddAuthentication("none").AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, NoSignIn>("none", null);
        _app = builder.Build();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapGroup("/api/v1").MapEvidence();
        _app.MapPublishedLog();
        await _app.StartAsync(Ct);
        _http = new HttpClient { BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task The_ledger_lists_entries_with_their_state_and_gives_a_bundle_that_verifies()
    {
        var list = await JsonAsync("/api/v1/ledger-entries?kind=om.work-order&limit=1");
        var entry = list.GetProperty("items")[0];
        Assert.Equal(("logged", "MN2", "1"), (entry.GetProperty("state").GetString(), entry.GetProperty("mn").GetString(), entry.GetProperty("logIndex").GetString()));
        Assert.EndsWith("+08:00", entry.GetProperty("at").GetString(), StringComparison.Ordinal);
        Assert.Equal(_water.ToString(), list.GetProperty("next").GetString());
        Assert.Equal("0.42", (await JsonAsync($"/api/v1/ledger-entries/{_gas}")).GetProperty("body").GetProperty("value").GetString());
        Assert.True((await JsonAsync($"/api/v1/ledger-entries/{_gas}/verification")).GetProperty("ok").GetBoolean());
        var proof = await _http.GetAsync($"/api/v1/ledger-entries/{_gas}/proof", Ct);
        Assert.Equal("application/zip", proof.Content.Headers.ContentType!.MediaType);
        Assert.True(ProofBundle.Verify(await proof.Content.ReadAsByteArrayAsync(Ct))!.Ok);
    }

    [Fact]
    public async Task A_record_that_is_not_logged_yet_has_no_bundle_and_says_so()
    {
        var fresh = await _bench.RecordAsync("fresh");
        var answer = await _http.GetAsync($"/api/v1/ledger-entries/{fresh}/proof", Ct);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("ledger-entry.not-logged", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Out_of_scope_looks_like_not_there()
    {
        _actor.StationScope = new HashSet<int> { FakeStations.Water };
        Assert.Equal(1, (await JsonAsync("/api/v1/ledger-entries")).GetProperty("items").GetArrayLength());
        foreach (var path in new[] { "", "/proof", "/verification" })
            Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync($"/api/v1/ledger-entries/{_gas}{path}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync($"/api/v1/ledger-entries/{_water}/proof", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(Published("tile/entries/000.p/2"), Ct)).StatusCode);
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-13-01", "to")]
    [InlineData("limit=0", "limit")]
    [InlineData("after=x", "after")]
    public async Task Malformed_input_names_its_field(string query, string field)
    {
        var answer = await _http.GetAsync("/api/v1/ledger-entries?" + query, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement.GetProperty("field").GetString());
    }

    [Fact]
    public async Task The_published_log_is_read_under_the_hash_of_each_suites_origin()
    {
        foreach (var suffix in new[] { "", "/sm" })
        {
            Assert.True(SignedNote.TryParse(await _http.GetByteArrayAsync(Published("checkpoint", suffix), Ct), out var note));
            Assert.StartsWith($"qingyuan.local/ORG/1{suffix}\n2\n", note!.Text, StringComparison.Ordinal);
            Assert.Equal(64, (await _http.GetByteArrayAsync(Published("tile/0/000.p/2", suffix), Ct)).Length);
            Assert.Equal(32, (await _http.GetByteArrayAsync(Published("tile/0/000.p/1", suffix), Ct)).Length);
            Assert.True(EntryBundle.TryRead(await _http.GetByteArrayAsync(Published("tile/entries/000.p/2", suffix), Ct), out var entries));
            Assert.Equal(2, entries.Count);
            foreach (var absent in new[] { "tile/0/000", "tile/0/000.p/3", "tile/1/000.p/1", "tile/0/x/../checkpoint", "tile/9/000" })
                Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(Published(absent, suffix), Ct)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync($"/ledger/v1/{new string('0', 64)}/checkpoint", Ct)).StatusCode);
    }

    [Fact]
    public async Task Mirroring_is_not_built_and_says_501()
    {
        foreach (var act in new[] { "append", "witness" })
            Assert.Equal(HttpStatusCode.NotImplemented, (await _http.PostAsync(Published(act), null, Ct)).StatusCode);
    }

    [Fact]
    public async Task Nothing_is_read_without_the_right()
    {
        _actor.MayRead = false;
        foreach (var path in new[] { "/api/v1/ledger-entries", $"/api/v1/ledger-entries/{_gas}/proof", Published("checkpoint").ToString(), Published("tile/entries/000.p/2").ToString() })
            Assert.False((await _http.GetAsync(path, Ct)).IsSuccessStatusCode, path);
    }

    private static Uri Published(string rest, string suffix = "") =>
        new(string.Create(CultureInfo.InvariantCulture, $"/ledger/v1/{LogOrigin.PathHash("qingyuan.local/ORG/1" + suffix)}/{rest}"), UriKind.Relative);

    private async Task<JsonElement> JsonAsync(string path) => JsonDocument.Parse(await _http.GetStringAsync(path, Ct)).RootElement;

    private sealed class FakeActor : ICurrentActor
    {
        public bool MayRead { get; set; } = true;

        public Actor Actor => EvidenceBench.Technician;

        public IReadOnlySet<int>? StationScope { get; set; }
    }

    private sealed class NoSignIn(
        Microsoft.Extensions.Options.IOptionsMonitor<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions> options,
        Microsoft.Extensions.Logging.ILoggerFactory logger,
        System.Text.Encodings.Web.UrlEncoder encoder)
        : Microsoft.AspNetCore.Authentication.AuthenticationHandler<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<Microsoft.AspNetCore.Authentication.AuthenticateResult> HandleAuthenticateAsync() =>
            Task.FromResult(Microsoft.AspNetCore.Authentication.AuthenticateResult.NoResult());
    }
}
