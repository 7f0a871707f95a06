using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Stations.Readings;
using Qingyuan.Platform.Telemetry;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Telemetry;

public class TelemetryApiTests
{
    private static readonly DateTime Noon = new(2026, 11, 25, 12, 0, 0);

    [Fact]
    [Requirement("R-5.4.2-3c")]
    public async Task Latest_and_readings_have_the_shape_of_the_contract()
    {
        await using var site = await Site.OpenAsync();
        await site.ApplyAsync(FakeStations.Gas, 1, Noon, "12.30");
        await site.ApplyAsync(FakeStations.Gas, 2, Noon.AddMinutes(1), "-12.4");
        var latest = await site.JsonAsync("/stations/MN-GAS/latest");
        Assert.Equal("unknown", latest.GetProperty("link").GetString());
        var value = Assert.Single(latest.GetProperty("data").EnumerateArray());
        Assert.Equal(
            ("a21002", "氮氧化物", "-12.4", "mg/m3", "N", "2026-11-25T12:01:00+08:00", "2-0"),
            (Text(value, "factor"), Text(value, "name"), Text(value, "value"), Text(value, "unit"), Text(value, "flag"), Text(value, "sampledAt"), Text(value, "frameId")));

        const string range = "/stations/MN-GAS/readings?factor=a21002&from=2026-11-25T12:00:00%2B08:00&to=2026-11-25T13:00:00+08:00";
        var page = await site.JsonAsync(range + "&limit=1");
        Assert.Equal("12.30", Text(Assert.Single(page.GetProperty("items").EnumerateArray()), "value"));
        page = await site.JsonAsync(range + "&limit=1&after=" + Uri.EscapeDataString(Text(page, "next")!));
        var second = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Equal(("-12.4", "2026-11-25T12:01:00+08:00", "2-0"), (Text(second, "value"), Text(second, "at"), Text(second, "frameId")));
        Assert.Null(Text(page, "next"));
    }

    [Fact]
    public async Task Frames_are_listed_and_given_back_byte_for_byte()
    {
        await using var site = await Site.OpenAsync();
        byte[] bytes = [(byte)'#', (byte)'#', 0, 255, 13, 10];
        var log = site.Get<IFrameLog>();
        var first = await log.AppendAsync(new(FakeStations.Gas, "MN-GAS", StationClock.Instant(Noon), FrameVerdict.Accepted, null, "127.0.0.1:9"), new(bytes), default);
        var second = await log.AppendAsync(new(0, "MN-X", StationClock.Instant(Noon.AddSeconds(1)), FrameVerdict.Quarantined, "UnknownMn", "127.0.0.1:9"), new(bytes), default);
        await second.Durable;
        var items = (await site.JsonAsync("/frames")).GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal([first.Id.ToString(), second.Id.ToString()], items.Select(item => Text(item, "id")));
        Assert.Equal(("quarantined", "UnknownMn", 6, "2026-11-25T12:00:01+08:00"), (Text(items[1], "verdict"), Text(items[1], "why"), items[1].GetProperty("length").GetInt32(), Text(items[1], "receivedAt")));
        Assert.Single((await site.JsonAsync("/frames?mn=MN-GAS")).GetProperty("items").EnumerateArray());
        Assert.Single((await site.JsonAsync("/frames?verdict=quarantined")).GetProperty("items").EnumerateArray());

        using var answer = await site.Client.GetAsync("/api/v1/frames/" + first.Id);
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("frame.not-found", await site.ProblemAsync("/frames/1-1", HttpStatusCode.NotFound));

        site.Scope = new HashSet<int> { FakeStations.Gas };
        Assert.Single((await site.JsonAsync("/frames")).GetProperty("items").EnumerateArray());
        Assert.Equal("frame.not-found", await site.ProblemAsync($"/frames/{second.Id}", HttpStatusCode.NotFound));
        Assert.Equal("station.not-found", await site.ProblemAsync("/stations/MN-WATER/latest", HttpStatusCode.NotFound));
        Assert.Equal("station.not-found", await site.ProblemAsync("/stations/MN-WATER/readings?factor=a", HttpStatusCode.NotFound));
    }

    [Theory]
    [InlineData("/stations/MN-GAS/readings", "factor")]
    [InlineData("/stations/MN-GAS/readings?factor=a21002&from=yesterday", "from")]
    [InlineData("/stations/MN-GAS/readings?factor=a21002&from=2026-11-25T12:00:00", "from")]
    [InlineData("/stations/MN-GAS/readings?factor=a21002&to=2026-13-25T12:00:00Z", "to")]
    [InlineData("/stations/MN-GAS/readings?factor=a21002&from=0001-01-01T00:00:00Z", "from")]
    [InlineData("/stations/MN-GAS/readings?factor=a21002&from=1999-01-01T00:00:00Z&to=2099-01-01T00:00:00Z", "to")]
    [InlineData("/stations/MN-GAS/readings?factor=a21002&resolution=week", "resolution")]
    [InlineData("/stations/MN-GAS/readings?factor=a21002&source=derived", "source")]
    [InlineData("/stations/MN-GAS/readings?factor=a21002&source=guessed", "source")]
    [InlineData("/stations/MN-GAS/readings?factor=a21002&limit=0", "limit")]
    [InlineData("/stations/MN-GAS/readings?factor=a21002&limit=many", "limit")]
    [InlineData("/stations/MN-GAS/readings?factor=a21002&after=x", "after")]
    [InlineData("/frames?from=2026-11-25T12:00:00Z&to=2026-11-25T12:00:00Z", "to")]
    [InlineData("/frames?limit=-1", "limit")]
    [InlineData("/frames?after=zzz", "after")]
    [InlineData("/frames?verdict=fine", "verdict")]
    [InlineData("/frames/nonsense", "id")]
    public async Task Malformed_questions_name_the_field(string path, string field)
    {
        await using var site = await Site.OpenAsync();
        using var answer = await site.Client.GetAsync("/api/v1" + path);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(("request.field-invalid", field), (Text(problem, "type"), Text(problem, "field")));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private sealed class Site : ICurrentActor, ILiveFeed, IAsyncDisposable
    {
        private WebApplication _app = null!;

        public HttpClient Client { get; private set; } = null!;

        public Actor Actor => new("u:test", Roles.Dispatcher, "ORG", "password");

        public IReadOnlySet<int>? Scope { get; set; }

        public IReadOnlySet<int>? StationScope => Scope;

        public static async Task<Site> OpenAsync()
        {
            var site = new Site();
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services
                .AddSingleton(new DataDirectory(TelemetryHouse.NewFolder()))
                .AddSingleton<IStationDirectory, FakeStations>()
                .AddSingleton<ICurrentActor>(site)
                .AddSingleton<ILiveFeed>(site)
                .AddApi()
                .AddTelemetry(builder.Configuration)
                .AddAuthorization(options => options.AddPolicy(Policies.ReadBusiness, policy => policy.RequireAssertion(_ => true)));
            site._app = builder.Build();
            site._app.UseApiErrors();
            site._app.UseRouting();
            site._app.UseAuthorization();
            var api = site._app.MapApi();
            api.MapTelemetry();
            ReadingEndpoints.Map(api);
            await site._app.StartAsync();
            site.Client = new() { BaseAddress = new(site._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
            return site;
        }

        public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

        public ValueTask<ApplyOutcome> ApplyAsync(int station, long batch, DateTime at, string text) => Get<IChunkWriter>().ApplyAsync(
            station, new(new(batch, 0), Resolution.Realtime, at, StationClock.Instant(at), [new("a21002", "Rtd", text, "N", null)]), default);

        public async Task<JsonElement> JsonAsync(string path)
        {
            using var answer = await Client.GetAsync("/api/v1" + path);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonDocument.Parse(text).RootElement;
        }

        public async Task<string?> ProblemAsync(string path, HttpStatusCode expected)
        {
            using var answer = await Client.GetAsync("/api/v1" + path);
            Assert.Equal(expected, answer.StatusCode);
            return Text(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement, "type");
        }

        public StationSnapshot? Latest(int stationNo) => null;

        public IDisposable Subscribe(IReadOnlySet<int>? stations, Func<StationSnapshot, Task> onChange) => throw new NotSupportedException();

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }
}
