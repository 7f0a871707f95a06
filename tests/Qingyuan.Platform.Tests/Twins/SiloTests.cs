using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Stations.Twin;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Ingest;
using Qingyuan.Platform.Validity;

namespace Qingyuan.Platform.Tests.Twins;

/// <summary>The grain on a real silo: reports cross it, snapshots come out of the feed.</summary>
public class SiloTests
{
    [Fact]
    [Requirement("R-5.4.1-5a")]
    public async Task Reports_reach_the_twin_through_the_cluster_and_its_snapshot_reaches_the_feed()
    {
        var bench = new TwinBench(TwinBench.Gas());
        using var host = Host(bench);
        await host.StartAsync(TestContext.Current.CancellationToken);
        var seen = new TaskCompletionSource<StationSnapshot>();
        using var subscription = host.Services.GetRequiredService<ILiveFeed>().Subscribe(null, snapshot =>
        {
            if (snapshot.Factors.Any(factor => factor.Text == "41.5")) seen.TrySetResult(snapshot);
            return Task.CompletedTask;
        });
        var twin = host.Services.GetRequiredService<IStationTwins>().Of(1);
        await twin.LinkChangedAsync(true, "127.0.0.1:9", bench.Time.GetUtcNow());
        await twin.ApplyAsync([bench.Report("2011", TwinBench.Today, ("a21002", "Rtd", "41.5", "N"), ("a19001", "Rtd", "16.00", "N"))]);
        var snapshot = await seen.Task;
        Assert.Equal((Liveness.Live, Liveness.Live), (snapshot.Link, snapshot.Logger));
        Assert.Equal("41.5", (await twin.SnapshotAsync()).Factors.Single(factor => factor.Factor == "a21002").Converted);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_twin_that_could_not_be_woken_is_woken_later_though_nothing_changed()
    {
        var bench = new TwinBench(TwinBench.Gas());
        bench.Around.Stations.Clear(); // the host's own starter finds nobody
        using var host = Host(bench);
        await host.StartAsync(TestContext.Current.CancellationToken);
        bench.Around.Stations.Add(bench.Station);
        bench.Around.Failures = 1;
        using var starter = new TwinStarter(bench.Around, host.Services.GetRequiredService<IStationTwins>(), bench.Time, NullLogger<TwinStarter>.Instance);
        await starter.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.That(() => bench.Around.Failures <= 0);
        await Eventually.That(() =>
        {
            bench.Time.Advance(TimeSpan.FromSeconds(30));
            return host.Services.GetRequiredService<ILiveFeed>().Latest(1) is not null;
        });
        await starter.StopAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static IHost Host(TwinBench bench)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging()
            .AddSingleton<IStationDirectory>(bench.Around).AddSingleton<ITwinSignals>(bench.Around).AddSingleton<IDatabase>(bench.Around)
            .AddSingleton<IElectronicLedger>(bench.Around).AddSingleton<ILedgerReader>(bench.Around).AddSingleton<IEventStream>(bench.Around)
            .AddSingleton<IChunkWriter>(bench.Telemetry).AddSingleton<ITelemetryReader>(bench.Telemetry).AddSingleton<IDerivedStore>(bench.Telemetry);
        var configuration = new ConfigurationBuilder().Build();
        builder.Services.AddValidity(configuration).AddStationTwins(configuration);
        // The twins' clock stands still; the silo's own runs.
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TwinServices>(provider, (TimeProvider)bench.Time));
        return builder.Build();
    }
}
