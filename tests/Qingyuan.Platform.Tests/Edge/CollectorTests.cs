using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.Edge;

/// <summary>What an operator's own monitoring gets: a frame found again by its id, in traces and in the log.</summary>
public sealed class CollectorTests
{
    private const string Mn = "010000A8900016F000169DC0";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_frame_has_a_trace_from_its_receipt_to_its_last_consequence_and_what_operators_must_know_is_told()
    {
        await using var collector = await OtlpCollector.OpenAsync();
        var data = Directory.CreateTempSubdirectory("qingyuan-otlp-").FullName;
        using (var filing = Served.Launch(["station", "add", Mn, "--name", "o", "--kind", "water", "--edition", "2017", "--password", "123456", "--data", data])) await filing.WaitForExitAsync(Ct);
        using var server = await Served.StartAsync(data, new Dictionary<string, string> { ["QINGYUAN__Otlp"] = collector.Address, ["QINGYUAN__OtlpShare"] = "1" });
        using var logger = await Ingest.Logger.ConnectAsync(server.Hj212);
        await logger.SendAsync(Ingest.Logger.Upload(Mn, 1));
        await logger.ReadAsync();

        // Exported every few seconds, as the library does it.
        await Eventually.That(() => collector.Said("/v1/traces", "frame.apply", "qingyuan.frame", Mn) && collector.Said("/v1/traces", "frames.commit"));
        using var client = new HttpClient { BaseAddress = server.Http };
        await Eventually.That(async () => (await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Ct)).Contains("qingyuan_storage_free", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_of_the_log_names_the_frame_it_was_written_for()
    {
        var data = new DataDirectory(Directory.CreateTempSubdirectory("qingyuan-log-").FullName);
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddLogging(data);
        await using (var app = builder.Build())
        {
            var log = app.Services.GetRequiredService<ILogger<CollectorTests>>();
            using (log.About(new FrameId(4294967297, 3))) Said(log, "in its course");
            Said(log, "of nothing");
        }

        var lines = await File.ReadAllLinesAsync(Directory.GetFiles(data.Logs).Single(), Ct);
        Assert.EndsWith("in its course frame=4294967297-3", Assert.Single(lines, line => line.Contains("in its course", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.EndsWith("of nothing", Assert.Single(lines, line => line.Contains("of nothing", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

#pragma warning disable CA1848, CA2254 // a test's own line
    private static void Said(Microsoft.Extensions.Logging.ILogger log, string what) => log.LogInformation(what);
#pragma warning restore CA1848, CA2254

    /// <summary>Takes what is exported; names and texts stand in it as they are.</summary>
    private sealed class OtlpCollector : IAsyncDisposable
    {
        private readonly WebApplication _server;
        private readonly ConcurrentQueue<(string Path, byte[] Body)> _taken = [];

        private OtlpCollector(WebApplication server) => _server = server;

        public string Address => _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        public static async Task<OtlpCollector> OpenAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            var collector = new OtlpCollector(builder.Build());
            collector._server.Run(async http =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body, http.RequestAborted);
                collector._taken.Enqueue((http.Request.Path.Value!, body.ToArray()));
            });
            await collector._server.StartAsync();
            return collector;
        }

        public bool Said(string path, params string[] all) =>
            all.All(text => _taken.Any(taken => taken.Path == path && taken.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0));

        public ValueTask DisposeAsync() => _server.DisposeAsync();
    }
}
