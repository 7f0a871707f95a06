using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Ingest;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Ingest.Listening;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Ingest.Doubles;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>The real listener on a real Kestrel and a free port, with the slices behind it in memory.</summary>
internal sealed class IngestHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private IngestHost(WebApplication app, HeldFrameLog log, FakeDirectory stations, RecordingTwins twins, RecordingChunks chunks, RecordingDesk desk, FakeTimeProvider time) =>
        (_app, Log, Stations, Twins, Chunks, Desk, Time) = (app, log, stations, twins, chunks, desk, time);

    public HeldFrameLog Log { get; }

    public FakeDirectory Stations { get; }

    public RecordingTwins Twins { get; }

    public RecordingChunks Chunks { get; }

    public RecordingDesk Desk { get; }

    public FakeTimeProvider Time { get; }

    public IngestHealth Health => _app.Services.GetRequiredService<IIngestHealth>().Now;

    public IIngestHealth HealthSource => _app.Services.GetRequiredService<IIngestHealth>();

    public IFieldLines Lines => _app.Services.GetRequiredService<IFieldLines>();

    public IngestCounters Counters => _app.Services.GetRequiredService<IngestCounters>();

    public IPEndPoint Address => _app.Services.GetServices<IConnectionListenerFactory>().OfType<Hj212Transport>().Single().Bound[0];

    /// <summary>Where sensors speak MQTT.</summary>
    public required IPEndPoint Sensors { get; init; }

    public static async Task<IngestHost> StartAsync(Action<IngestOptions>? options = null, params StoredFrame[] earlier)
    {
        var (log, stations, twins, chunks, desk) = (new HeldFrameLog(), new FakeDirectory(), new RecordingTwins(), new RecordingChunks(), new RecordingDesk());
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        log.Hold(earlier);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        ListenOptions? sensors = null;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenHj212(new(IPAddress.Loopback, 0), LineRules.Open, _ => { });
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                var line = listen.ApplicationServices.SensorLine();
                (sensors = listen).Run(connection => line(connection));
            });
        });
        builder.Services
            .AddSingleton<TimeProvider>(time).AddSingleton<IStationDirectory>(stations).AddSingleton<IFrameLog>(log).AddSingleton<IFrameTail>(log).AddSingleton<IFrameReader>(log)
            .AddSingleton<IChunkWriter>(chunks).AddSingleton<IAlarmDesk>(desk).AddSingleton<ILedgerReader, NoLedger>()
            .AddSingleton<IStationTwins>(twins)
            .AddIngest(builder.Configuration);
        builder.Services.Configure<IngestOptions>(value => options?.Invoke(value));
        var app = builder.Build();
        await app.StartAsync();
        return new(app, log, stations, twins, chunks, desk, time) { Sensors = sensors!.IPEndPoint! };
    }

    public Task<Logger> ConnectAsync() => Logger.ConnectAsync(Address);

    public void Tick() => _app.Services.GetRequiredService<ConnectionHeartbeat>().Tick();

    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
