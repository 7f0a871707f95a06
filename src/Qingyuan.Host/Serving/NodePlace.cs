using System.Security.Cryptography;
using Qingyuan.Host.Relaying;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Security;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Nodes;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations;
using Qingyuan.Platform.Stations.Twin;

namespace Qingyuan.Host.Serving;

/// <summary>This node among those on one database: it waits, bringing what comes to it to the one that serves, until it serves itself.</summary>
internal sealed partial class NodePlace(IConfiguration configuration, DataDirectory data, ServerSettings settings, Listeners listeners) : IAsyncDisposable
{
    private static readonly TimeSpan LeavingPatience = TimeSpan.FromSeconds(2);
    private readonly string _name = DatabaseAddress.NodeName(Environment.MachineName, Environment.ProcessId);
    private ClusterSilo? _silo;
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
        if (listeners.Member is { } member) _silo = new(new(DatabaseAddress.Primary(database), _name, member, settings.ProbeEvery));
        using var signals = new StopSignals(); // until there is a host that listens to them
        try
        {
            Lease = await NodeLease.TakeAsync(database, _name, settings.NodeSilence, () => _silo?.Dead() ?? [], WaitAsync, signals.Token);
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

    /// <summary>The settings with the sessions of this node's server named after it, so that a node that takes over knows whose they are.</summary>
    public IReadOnlyDictionary<string, string?> Named(IReadOnlyDictionary<string, string?> said) =>
        settings.Database is not { } database ? said : new Dictionary<string, string?>(said) { [nameof(ServerSettings.Database)] = DatabaseAddress.OfNode(database, _name) };

    /// <summary>What the server of this node has beyond others.</summary>
    public void Add(IServiceCollection services)
    {
        services.AddHostedService(provider => new PortsRelease(this, provider));
        if (_silo is not null) services.AddClusterSilo(_silo);
    }

    /// <summary>Makes this node a member, when the schema is up to date and before anything of it runs.</summary>
    public async Task JoinAsync(IServiceProvider services)
    {
        if (_silo is null) return;
        listeners.Identity = await KnownIdentityAsync(services) ?? NodeIdentity.Create(services.GetRequiredService<TimeProvider>());
        await _silo.ServeAsync(new(listeners.Identity.Certificate), services.GetRequiredService<ILoggerFactory>(), CancellationToken.None);
        _ = _silo.Death.ContinueWith(_ => Lease!.Lost.TrySetResult("the other nodes found it dead"), TaskScheduler.Default);
    }

    /// <summary>Tells the others, when its own listener for them is open, and again when the database session that holds its right is another.</summary>
    public async Task AnnounceAsync(IServiceProvider services)
    {
        if (Lease is null) return;
        await RecordAsync(services);
        Lease.Retaken = async () =>
        {
            try
            {
                await RecordAsync(services);
            }
            catch (Exception error) when (Outage.Is(error))
            {
                NotRecorded(services.GetRequiredService<ILogger<NodePlace>>(), error);
            }
        };
    }

    /// <summary>First of all when the server stops: that its silo goes is no death, and the right to serve is given back when everything has ended.</summary>
    public async Task LeavingAsync(IServiceProvider services)
    {
        if (_silo is null) return;
        using var patience = new CancellationTokenSource(LeavingPatience);
        try
        {
            await services.GetRequiredService<ServingNodes>().LeaveAsync(_name, patience.Token);
        }
        catch (Exception error) when (Outage.Is(error) || error is OperationCanceledException)
        {
            NotRecorded(services.GetRequiredService<ILogger<NodePlace>>(), error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_copies is not null) await _copies.DisposeAsync();
        if (_silo is not null) await _silo.DisposeAsync();
        if (Lease is not null) await Lease.DisposeAsync();
        if (_relay is not null) await _relay.DisposeAsync();
        if (_platform is not null) await _platform.DisposeAsync();
        _lock?.Dispose();
    }

    private async Task RecordAsync(IServiceProvider services)
    {
        var nodes = services.GetRequiredService<ServingNodes>();
        if (_silo is null || listeners is not { Relayed: { } relayed, Identity: { } identity }) await nodes.ForgetAsync(CancellationToken.None);
        else await nodes.RecordAsync(new(_name, relayed.EndPoint.ToString(), identity.Seal(services.GetRequiredService<ISecretProtector>()), _silo.Address), Lease?.Session, CancellationToken.None);
    }

    /// <summary>A node that could not take over says so now, and not when it is needed.</summary>
    private async Task WaitAsync()
    {
        _platform = new ServiceCollection().AddSingleton(configuration).AddLogging().AddPlatform(configuration, data, settings).BuildServiceProvider();
        await _platform.RequireSecretsKeyAsync(CancellationToken.None);
        if (_silo is not null)
        {
            _relay = await Relay.StartAsync(listeners, _platform, data, _name, _silo.Dead);
            _copies = _relay.Copies(_platform.GetRequiredService<INodeCopies>(), _name, settings.CopyEvery);
            _silo.Wait(async ct => await IdentityAsync(_platform, ct) is { } identity ? new(identity.Certificate) : null, _relay.Logs);
        }

        var brings = _relay is null ? "" : $" and brings it what comes to {listeners.Addresses()}";
        await Terminal.Out.WriteLineAsync($"standby another node serves this database; this one takes over when it ends{brings}");
    }

    /// <summary>That of the node that serves, or served last: an installation keeps it. Null before the first did, and after one that takes nothing from others.</summary>
    private static async Task<NodeIdentity?> IdentityAsync(IServiceProvider services, CancellationToken ct) =>
        await services.GetRequiredService<ServingNodes>().FindAsync(ct) is { } serving ? NodeIdentity.Open(serving.SealedIdentity, services.GetRequiredService<ISecretProtector>()) : null;

    // One that cannot be opened would keep this node from serving; those that wait join by the new one.
    private static async Task<NodeIdentity?> KnownIdentityAsync(IServiceProvider services)
    {
        try
        {
            return await IdentityAsync(services, CancellationToken.None);
        }
        catch (CryptographicException error)
        {
            NotOpened(services.GetRequiredService<ILogger<NodePlace>>(), error);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The other nodes could not be told what this one does; they find out by its silence.")]
    private static partial void NotRecorded(ILogger log, Exception error);

    [LoggerMessage(2, LogLevel.Warning, "By what the nodes knew each other cannot be opened; this one makes another.")]
    private static partial void NotOpened(ILogger log, Exception error);
}
