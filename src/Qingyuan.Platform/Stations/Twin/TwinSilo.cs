using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>
/// The Orleans silo the twins live in. Alone it is on loopback and is nobody's neighbour. With a <see cref="SiloPlace"/> it is a member among those of the other nodes of
/// the installation (<see cref="ClusterSilo"/>), from before this node serves.
/// </summary>
/// <remarks>Its container is its own: the platform is built when this node serves, and a member that waits has none. Twins get the platform's services.</remarks>
internal sealed class TwinSilo : IAsyncDisposable
{
    private const int LowestPort = 20_000;
    private const int LowestGiven = 32_768; // Linux; others begin at 49,152
    private const int PortsApart = 61;

    private static int _ports;

    private readonly IHost _host;
    private readonly Lazy<Task> _start;
    private readonly CancellationTokenSource _endStart = new();
    private IServiceProvider? _platform;
    private bool _isDisposed;

    public TwinSilo(ILoggerFactory logs, Action<ISiloBuilder> membership, Action<IServiceCollection>? more = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(logs)
            .AddTransient(_ => Platform.GetRequiredService<TwinServices>())
            .AddTransient(_ => Platform.GetRequiredService<TwinOptions>())
            .AddOrleans(silo =>
            {
                Configure(silo);
                membership(silo);
            });
        more?.Invoke(builder.Services);
        _host = builder.Build();
        _start = new(() => _host.StartAsync(_endStart.Token));
    }

    /// <summary>Where twins are found. Answers when the silo has started.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _host.Services;

    // Only when the silo that calls was found dead in this moment: it is the world that a call comes here then, and its caller stops.
    private IServiceProvider Platform => _platform ?? throw new IOException("This node does not serve: no twin lives here.");

    /// <summary>From now on twins are made with these services.</summary>
    public void Serve(IServiceProvider platform) => _platform = platform;

    /// <summary>Returns when it is a member. A second call waits for the first.</summary>
    public Task StartAsync(CancellationToken ct) => _start.Value.WaitAsync(ct);

    /// <summary>Ends it, and takes leave of the others for as long as <paramref name="ct"/> allows: the library alone would try for minutes while the database is away.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        await _endStart.CancelAsync();
        if (!_start.IsValueCreated) return;
        await _start.Value.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Of a silo that never came to its end of starting, the host's stop ends nothing, and its port stays open.
        if (_start.Value.IsCompletedSuccessfully) await _host.StopAsync(ct).WaitAsync(ct);
        else await Services.GetRequiredService<ISiloLifecycleSubject>().OnStop(ct).WaitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return; // by the platform it served, and by the node it was a member for
        _isDisposed = true;
        _endStart.Dispose();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        else _host.Dispose();
    }

    /// <summary>One node: loopback only, a port that is free, no gateway for clients outside the process.</summary>
    public static void Alone(ISiloBuilder silo) => silo.UseLocalhostClustering(FreePort(IPAddress.Loopback), gatewayPort: 0, serviceId: "qingyuan", clusterId: "qingyuan");

    /// <summary>A port nobody has now: the library takes no 0, and binds some time later. One below those that systems give by themselves, so that no connection gets it meanwhile.</summary>
    public static int FreePort(IPAddress address)
    {
        for (var tries = 1; ; tries++)
        {
            using var probe = new TcpListener(address, NextPort());
            try
            {
                probe.Start();
                return ((IPEndPoint)probe.LocalEndpoint).Port;
            }
            catch (SocketException) when (tries < 1000)
            {
                // taken
            }
        }
    }

    /// <summary>Each process begins elsewhere and goes on from there: two that start at one time do not meet.</summary>
    private static int NextPort() => LowestPort + (((Environment.ProcessId * PortsApart) + Interlocked.Increment(ref _ports)) & int.MaxValue) % (LowestGiven - LowestPort);

    private static void Configure(ISiloBuilder silo)
    {
        silo.AddGrainDirectory(NodeGrainDirectory.Name, (provider, _) => new NodeGrainDirectory(provider.GetRequiredService<ILocalSiloDetails>()));
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(30));
        // A turn applies hundreds of frames when there is much to catch up; that is work, not a fault.
        silo.Configure<SchedulingOptions>(options => options.TurnWarningLengthThreshold = TimeSpan.FromSeconds(15));
    }
}
