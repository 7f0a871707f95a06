using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Exchange.Forwarding;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Tests.Edge;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.Exchange;

/// <summary>The whole platform with stations of its own, a further platform, and a dispatcher who sets up forwarding.</summary>
internal sealed class ForwardBench(HostHouse house, UpperPlatform upper) : IAsyncDisposable
{
    private static int _numbers;

    public UpperPlatform Upper => upper;

    public HostHouse House => house;

    public string Target { get; } = $"上级{Interlocked.Increment(ref _numbers)}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ForwardBench> OpenAsync(Engine engine) => At(await HostHouse.OfAsync(engine));

    public static ForwardBench At(HostHouse house) => new(house, new());

    public async Task<string> StationAsync(bool sample = false, int edition = 2017)
    {
        var mn = $"FORWARD{Interlocked.Increment(ref _numbers):D8}";
        var draft = new StationDraft(mn, "转发", StationKind.Water, edition, "123456") { IsSample = sample };
        Assert.True((await house.Services.GetRequiredService<IStationArchive>().AddAsync(draft, Actor.Service("test", "self"), Token)).IsOk);
        return mn;
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> PutAsync(object body, string role = Roles.Dispatcher)
    {
        using var client = house.Client(role);
        using var response = await client.PutAsJsonAsync(new Uri("/api/v1/forward-targets/" + Uri.EscapeDataString(Target), UriKind.Relative), body, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        return (response.StatusCode, text.Length is 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public Task ForwardAsync(params string[] stations) => ForwardAsync(8, newFirst: false, stations);

    public async Task ForwardAsync(int window, bool newFirst, params string[] stations)
    {
        var (status, body) = await PutAsync(new { kind = "park", host = "127.0.0.1", port = upper.Port, window, newFirst, stations = stations.Select(mn => new { mn }) });
        Assert.True(status is HttpStatusCode.OK, body.ToString());
    }

    public async Task<JsonElement> StateAsync()
    {
        using var client = house.Client(Roles.Dispatcher);
        var all = await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/forward-targets", UriKind.Relative), Token);
        return all.GetProperty("items").EnumerateArray().Single(each => each.GetProperty("name").GetString() == Target);
    }

    /// <summary>Until nothing goes out any more: a target that is switched off says so at once, and stops at the next round.</summary>
    public async Task HasStoppedAsync()
    {
        var target = (await house.Services.GetRequiredService<IForwarding>().ListAsync(Token)).Single(each => each.Name == Target).Id;
        await Eventually.That(() => house.Services.GetRequiredService<TargetStates>().Of(target)?.Phase is TargetPhase.Off);
    }

    /// <summary>Minute data of a station, each acknowledged before it returns.</summary>
    public async Task UploadAsync(string mn, DateTime from, int minutes, string? area = null, int command = 2051)
    {
        using var logger = await Logger.ConnectAsync(house.Hj212);
        var answered = Task.Run(async () =>
        {
            for (var minute = 0; minute < minutes; minute++) await logger.ReadAsync();
        }, Token);
        for (var minute = 0; minute < minutes; minute++)
        {
            var at = from.AddMinutes(minute);
            await logger.SendAsync(Logger.Frame(string.Create(CultureInfo.InvariantCulture,
                $"QN={at:yyyyMMddHHmmss}001;ST=32;CN={command};PW=123456;MN={mn};Flag=5;CP=&&DataTime={at:yyyyMMddHHmmss};{area ?? $"w01018-Avg={minute % 97}.{minute % 10},w01018-Flag=N"}&&")));
        }

        await answered;
    }

    /// <summary>Whoever waits in vain reads what the target's page says.</summary>
    public async Task DeliveredAsync(int frames)
    {
        try
        {
            await Eventually.That(() => upper.Received.Count >= frames, () => upper.Received.Count);
            await Eventually.That(async () => (await StateAsync()).GetProperty("delivered").GetInt64() >= frames);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{frames} frames were not delivered: {await StateAsync()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var client = house.Client(Roles.Dispatcher);
        await PutAsync(new { kind = "park", host = "127.0.0.1", port = 1, enabled = false, stations = Array.Empty<object>() });
        await upper.DisposeAsync();
    }
}
