using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Ingest;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Ingest.Listening;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Benchmarks.Ingest;

/// <summary>The real listener and, when storing, the real frame log in a fresh directory; in this process, so generator and server share the machine's cores.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private BenchServer(WebApplication app, string folder) => (_app, _folder) = (app, folder);

    public IPEndPoint Address => _app.Services.GetServices<IConnectionListenerFactory>().OfType<Hj212Transport>().Single().Bound[0];

    public DataDirectory Data => _app.Services.GetRequiredService<DataDirectory>();

    public IFrameLog Log => _app.Services.GetRequiredService<IFrameLog>();

    public IFieldLines Lines => _app.Services.GetRequiredService<IFieldLines>();

    public IngestCounters Counters => _app.Services.GetRequiredService<IngestCounters>();

    public static async Task<BenchServer> StartAsync(bool storing, int stations = BenchLogger.MostStations, Action<IServiceCollection>? more = null, string? database = null)
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-bench-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenHj212(new(IPAddress.Loopback, 0), LineRules.Open, _ => { }));
        builder.Services.AddSingleton(new DataDirectory(folder)).AddSingleton(TimeProvider.System)
            .AddSingleton<IStationDirectory>(new BenchStations(stations)).AddSingleton<ILoggerHistory, BenchLoggers>().AddSingleton<IAlarmDesk, IdleDesk>().AddSingleton<ILedgerReader, IdleLedger>();
        builder.Services.AddSingleton(new PersistenceOptions(database, Path.Combine(folder, "platform.db")));
        if (storing) builder.Services.AddTelemetry(builder.Configuration);
        else builder.Services.AddSingleton<NotStoring>().AddSingleton<IFrameLog>(services => services.GetRequiredService<NotStoring>()).AddSingleton<IFrameTail>(services => services.GetRequiredService<NotStoring>()).AddSingleton<IFrameReader>(services => services.GetRequiredService<NotStoring>());
        builder.Services.AddSingleton<IChunkWriter, IdleChunks>().AddSingleton<IStationTwins, IdleTwins>().AddIngest(builder.Configuration);
        builder.Services.Configure<IngestOptions>(options => (options.Connections, options.ConnectionsPerAddress, options.AcceptBurst, options.AcceptsPerSecond) = (stations * 2, stations * 2, stations * 2, stations));
        more?.Invoke(builder.Services);
        var app = builder.Build();
        await app.StartAsync();
        return new(app, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
