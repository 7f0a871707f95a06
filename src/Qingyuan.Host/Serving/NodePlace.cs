using Qingyuan.Host.Relaying;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Security;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Nodes;

namespace Qingyuan.Host.Serving;

/// <summary>This node among those on one database: it waits, bringing what comes to it to the one that serves, until it serves itself.</summary>
internal sealed class NodePlace(IConfiguration configuration, DataDirectory data, ServerSettings settings, Listeners listeners) : IAsyncDisposable
{
    private readonly string _name = $"{Environment.MachineName} {Environment.ProcessId}";
    private ServiceProvider? _platform;
    private Relay? _relay;
    private CopyLoop? _copies;
    private DirectoryLock? _lock;

    /// <summary>The right to serve; null with SQLite, where nobody else can.</summary>
    public NodeLease? Lease { get; private set; }

    /// <summary>Returns when this node may serve.</summary>
    /// <returns>False when a signal ended the waiting.</returns>
    public async Task<bool> TakeAsync()
    {
        _lock = DirectoryLock.Take(data);
        if (settings.Database is not { } database) return true;
        using var signals = new StopSignals(); // until there is a host that listens to them
        try
        {
            Lease = await NodeLease.TakeAsync(database, _name, settings.NodeSilence, WaitAsync, signals.Token);
            if (_copies is not null) await _copies.DisposeAsync();
            return !signals.Token.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Frees the addresses this node answered at while it waited.</summary>
    public Task ReleasePortsAsync() => _relay?.ReleasePortsAsync() ?? Task.CompletedTask;

    /// <summary>Tells the others, when its own listener for them is open.</summary>
    public async Task AnnounceAsync(IServiceProvider services)
    {
        if (Lease is null) return;
        var nodes = services.GetRequiredService<ServingNodes>();
        if (listeners.Relayed is not { } relayed) await nodes.ForgetAsync(CancellationToken.None);
        else await nodes.RecordAsync(new(_name, relayed.EndPoint.ToString(), relayed.Identity.Seal(services.GetRequiredService<ISecretProtector>())), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_copies is not null) await _copies.DisposeAsync();
        if (Lease is not null) await Lease.DisposeAsync();
        if (_relay is not null) await _relay.DisposeAsync();
        if (_platform is not null) await _platform.DisposeAsync();
        _lock?.Dispose();
    }

    /// <summary>A node that could not take over says so now, and not when it is needed.</summary>
    private async Task WaitAsync()
    {
        _platform = new ServiceCollection().AddSingleton(configuration).AddLogging().AddPlatform(configuration, data, settings).BuildServiceProvider();
        await _platform.RequireSecretsKeyAsync(CancellationToken.None);
        if (settings.Cluster is not null)
        {
            _relay = await Relay.StartAsync(listeners, _platform, data, _name);
            _copies = _relay.Copies(_platform.GetRequiredService<INodeCopies>(), _name, settings.CopyEvery);
        }

        var brings = _relay is null ? "" : $" and brings it what comes to {listeners.Addresses()}";
        await Terminal.Out.WriteLineAsync($"standby another node serves this database; this one takes over when it ends{brings}");
    }
}
