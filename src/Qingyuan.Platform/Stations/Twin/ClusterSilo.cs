using System.Security.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>
/// This node's silo as a member among those of the other nodes of the installation. Members ask each other whether they live; whom enough of them find dead stands so in the
/// table they share, ends its own silo when it learns of it, and loses the right to serve. Twins live in the silo of the node that serves.
/// </summary>
public sealed partial class ClusterSilo(SiloPlace place) : IAsyncDisposable
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _endWaiting = new();
    private volatile Member? _member;
    private Task _waiting = Task.CompletedTask;

    /// <summary>Ends, with the reason, when the others found this one dead. Only after <see cref="ServeAsync"/>.</summary>
    public Task<string> Death => Current.Death;

    /// <summary>Address and generation, as the members' table has them; null when it serves without being a member. Only after <see cref="ServeAsync"/>.</summary>
    public string? Address => Current.Address;

    internal TwinSilo Silo => Current.Silo;

    private Member Current => _member ?? throw new InvalidOperationException("This node is not a member.");

    /// <summary>Addresses of members that were found dead, or left; empty while this one is no member.</summary>
    public IReadOnlyList<string> Dead() => _member is { IsIn: true } member ? member.Dead() : [];

    /// <summary>Stays a member while this node waits: joins as soon as there is somebody to join, and again when it was found dead.</summary>
    /// <param name="identity">Null while no node said so.</param>
    /// <param name="logs">Take what the silo says.</param>
    public void Wait(Func<CancellationToken, Task<SiloIdentity?>> identity, ILoggerFactory logs) => _waiting = WaitAsync(identity, logs, _endWaiting.Token);

    /// <summary>Returns when it is a member: the one it was while it waited, or else one that begins the cluster anew, so that no member of before can keep it from serving.</summary>
    /// <remarks>Who serves is not decided among the members: one that cannot be a member serves alone, and is found by its silence when it hangs.</remarks>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task ServeAsync(SiloIdentity identity, ILoggerFactory logs, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(identity);
        await _endWaiting.CancelAsync();
        await _waiting;
        if (_member is { Death.IsCompleted: false } member && member.IsOf(identity)) return;
        await LeaveAsync();
        await MembersTable.EndAllAsync(place.Database, ct);
        try
        {
            await JoinAsync(identity, logs, ct);
        }
        catch (Exception error) when (!ct.IsCancellationRequested) // whatever the library or the port has against it
        {
            NotJoined(logs.CreateLogger<ClusterSilo>(), error);
            await LeaveAsync();
            _member = new(new(logs, TwinSilo.Alone), identity, new FatalErrors(logs.CreateLogger<ClusterSilo>()));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _endWaiting.CancelAsync();
        await _waiting;
        await LeaveAsync();
        _endWaiting.Dispose();
    }

    private async Task WaitAsync(Func<CancellationToken, Task<SiloIdentity?>> identity, ILoggerFactory logs, CancellationToken ct)
    {
        var log = logs.CreateLogger<ClusterSilo>();
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (await identity(ct) is { } known && await MembersTable.IsThereAsync(place.Database, ct))
                {
                    await JoinAsync(known, logs, ct);
                    Joined(log, place.Node);
                    FoundDead(log, await Current.Death.WaitAsync(ct));
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                break; // it serves now, as the member it is, or it ends
            }
            catch (Exception error) // outermost loop: a node that is no member waits and relays all the same
            {
                NotJoined(log, error);
            }

            await LeaveAsync();
            await Task.Delay(AgainAfter, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_member is { IsIn: false }) await LeaveAsync();
    }

    private async Task JoinAsync(SiloIdentity identity, ILoggerFactory logs, CancellationToken ct)
    {
        var death = new FatalErrors(logs.CreateLogger<ClusterSilo>());
        var member = new Member(new(logs, silo => Configure(silo, identity), services => services.AddSingleton<IFatalErrorHandler>(death)), identity, death);
        _member = member;
        await member.JoinAsync(ct);
    }

    private async Task LeaveAsync()
    {
        if (_member is not { } member) return;
        _member = null;
        using var patience = new CancellationTokenSource(LastWords);
        await member.LeaveAsync(patience.Token);
    }

    private void Configure(ISiloBuilder silo, SiloIdentity identity)
    {
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (SiloPlace.Cluster, "qingyuan"));
        silo.Configure<SiloOptions>(options => options.SiloName = place.Node);
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", place.Database));
        silo.Configure<EndpointOptions>(options => (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) =
            (place.EndPoint.Address, place.EndPoint.Port is 0 ? TwinSilo.FreePort(place.EndPoint.Address) : place.EndPoint.Port, 0));
        silo.Configure<ClusterMembershipOptions>(Probe);
        silo.UseTls(identity.Certificate, options =>
        {
            (options.RemoteCertificateMode, options.ClientCertificateMode) = (RemoteCertificateMode.RequireCertificate, RemoteCertificateMode.RequireCertificate);
            options.RemoteCertificateValidation = (shown, _, _) => shown.RawDataMemory.Span.SequenceEqual(identity.Certificate.RawDataMemory.Span);
            options.SslProtocols = SslProtocols.Tls13;
            options.OnAuthenticateAsClient = (_, client) => client.TargetHost = "qingyuan-node"; // that it is the right one is decided by its bytes
        });
    }

    // The library also counts what else came from a member in the last so many longest answers as a sign of life, so the longest answer decides how soon one that hangs is found.
    private void Probe(ClusterMembershipOptions options)
    {
        (options.ProbeTimeout, options.MaxProbeTimeout, options.NumMissedProbesLimit) = (place.ProbeEvery, place.ProbeEvery * 1.5, SiloPlace.Misses);
        options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
        // Whose heartbeat in the table is old counts for no vote: clocks of machines differ, and the database may have been away.
        options.NumMissedTableIAmAliveLimit = 6;
        options.MaxJoinAttemptTime = TimeSpan.FromSeconds(15); // also of each word when it leaves
        // By what it saw of the table a while ago: a silo that took longer to begin, on a machine that was busy, was voted dead the moment it was a member, by itself when it was alone.
        options.EvictWhenMaxJoinAttemptTimeExceeded = false;
    }

    [LoggerMessage(1, LogLevel.Information, "{Node} is a member among the nodes of this installation")]
    private static partial void Joined(ILogger logger, string node);

    [LoggerMessage(2, LogLevel.Warning, "The other nodes found this one dead; it joins them again: {Reason}")]
    private static partial void FoundDead(ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Warning, "This node is no member among the others and tries again; until then a serving node that hangs is found by its silence alone")]
    private static partial void NotJoined(ILogger logger, Exception error);

    [LoggerMessage(4, LogLevel.Error, "The silo of this node ended: {Reason}")]
    private static partial void SiloEnded(ILogger logger, string reason, Exception? error);

    /// <summary>The silo while it is a member.</summary>
    private sealed class Member(TwinSilo silo, SiloIdentity identity, FatalErrors death)
    {
        private IClusterMembershipService? _others;

        public TwinSilo Silo => silo;

        public bool IsIn => _others is not null;

        public Task<string> Death => death.Reason;

        /// <summary>Null of one that is in no cluster.</summary>
        public string? Address { get; private set; }

        public bool IsOf(SiloIdentity other) => identity.Certificate.RawDataMemory.Span.SequenceEqual(other.Certificate.RawDataMemory.Span);

        public async Task JoinAsync(CancellationToken ct)
        {
            await silo.StartAsync(ct);
            Address = silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString();
            _others = silo.Services.GetRequiredService<IClusterMembershipService>();
        }

        public IReadOnlyList<string> Dead() =>
            _others is null ? [] : [.. _others.CurrentSnapshot.Members.Values.Where(member => member.Status is SiloStatus.Dead).Select(member => member.SiloAddress.ToParsableString())];

        public async Task LeaveAsync(CancellationToken ct)
        {
            await silo.StopAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // one that was found dead has nobody to take leave of
            // It waits for questions that are still out, whose answers nobody needs any more.
            await silo.DisposeAsync().AsTask().WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The library would end the process; here a node that serves ends in order, and one that waits joins again.</summary>
    private sealed class FatalErrors(ILogger log) : IFatalErrorHandler
    {
        private readonly TaskCompletionSource<string> _reason = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Reason => _reason.Task;

        public bool IsUnexpected(Exception exception) => true;

        public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
        {
            var reason = context ?? exception?.Message ?? "unknown";
            SiloEnded(log, reason, exception);
            _reason.TrySetResult(reason);
        }
    }
}
