using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Archive;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Benchmarks.Platform;

/// <summary>The host as <c>serve</c> runs it, with all slices, on a fresh data directory with filed stations.</summary>
internal sealed class WholePlatform : IAsyncDisposable
{
    private const int FiledAtOnce = 5000;
    private readonly Server _server;
    private readonly string _folder;

    private WholePlatform(Server server, string folder) => (_server, _folder) = (server, folder);

    public IPEndPoint Address => _server.Listeners.Hj212EndPoint;

    public IngestCounters Counters => _server.Services.GetRequiredService<IngestCounters>();

    public IChunkWriter Chunks => _server.Services.GetRequiredService<IChunkWriter>();

    public IAlarmDesk Alarms => _server.Services.GetRequiredService<IAlarmDesk>();

    public IDatabase Database => _server.Services.GetRequiredService<IDatabase>();

    /// <summary>True when every committed frame has reached its twin.</summary>
    public bool CaughtUp => Counters.AppliedThrough >= _server.Services.GetRequiredService<IFrameTail>().Last;

    /// <param name="stations">Filed before it returns; their twins begin by themselves.</param>
    /// <param name="database">PostgreSQL; null for files.</param>
    /// <param name="change">Exchanges parts.</param>
    /// <param name="realtimeSeconds">How often stations send.</param>
    public static async Task<WholePlatform> StartAsync(int stations, string? database = null, Action<IServiceCollection>? change = null, int realtimeSeconds = 30)
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-bench-").FullName;
        var all = (stations * 2).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Dictionary<string, string?> said = new()
        {
            ["Data"] = folder, ["Http"] = "127.0.0.1:0", ["Hj212"] = "127.0.0.1:0", ["Database"] = database,
            ["Ingest:Connections"] = all, ["Ingest:ConnectionsPerAddress"] = all, ["Ingest:AcceptBurst"] = all, ["Ingest:AcceptsPerSecond"] = all,
        };
        var platform = new WholePlatform(await Server.StartAsync(said, change), folder);
        await platform.FileAsync(stations, realtimeSeconds);
        return platform;
    }

    /// <summary>Waits until every station's twin is awake; returns the seconds.</summary>
    public async Task<double> AwakeAsync(int stations)
    {
        var (feed, clock) = (_server.Services.GetRequiredService<ILiveFeed>(), Stopwatch.StartNew());
        for (var station = 1; station <= stations; station++)
            while (feed.Latest(station) is null) await Task.Delay(5);
        return clock.Elapsed.TotalSeconds;
    }

    public async Task CaughtUpAsync()
    {
        while (!CaughtUp) await Task.Delay(5);
    }

    /// <summary>Waits until each station's connection is in the ledger and nothing waits for its place in the evidence log: signing thousands of those is work of its own.</summary>
    public async Task SealedAsync(int stations)
    {
        while (true)
        {
            await using var db = Database.Read();
            if (await db.Set<LedgerEntryRow>().CountAsync(row => row.Kind == "station.link") >= stations && !await db.Set<EvidenceOutboxRow>().AnyAsync()) return;
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Rows straight into the archive: filing one by one is another matter than what is measured.</summary>
    private async Task FileAsync(int stations, int realtimeSeconds)
    {
        var directory = _server.Services.GetRequiredService<StationDirectory>();
        var password = _server.Services.GetRequiredService<ISecretProtector>().Protect("123456"u8.ToArray());
        for (var from = 0; from < stations; from += FiledAtOnce)
            await Database.WriteAsync((db, _) => Task.FromResult(Add(db, from, Math.Min(from + FiledAtOnce, stations), realtimeSeconds, password)), CancellationToken.None);
        await directory.LoadAsync(CancellationToken.None);
    }

    private static bool Add(QingyuanDb db, int from, int to, int realtimeSeconds, byte[] password)
    {
        for (var station = from; station < to; station++)
        {
            var row = new StationRow { StationNo = station + 1, Password = password };
            row.Apply(GasStations.Draft(station) with { RealtimeSeconds = realtimeSeconds }, TimeProvider.System.GetUtcNow());
            db.Add(row);
            db.Add(new StationMnRow { StationNo = station + 1, Mn = GasFrame.Mn(station), From = TimeProvider.System.GetUtcNow() });
        }

        return true;
    }
}
