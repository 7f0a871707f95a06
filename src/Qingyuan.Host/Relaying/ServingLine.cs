using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Nodes;

namespace Qingyuan.Host.Relaying;

/// <summary>Opens connections to whichever node serves now.</summary>
internal sealed partial class ServingLine(ServingNodes nodes, ISecretProtector secrets, Func<IReadOnlyList<string>> dead, TimeProvider clock, ILogger<ServingLine> log) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(300);
    private readonly SemaphoreSlim _one = new(1);
    private Peer? _peer;
    private long _asked = long.MinValue;

    /// <summary>A connection that begins with <paramref name="header"/>.</summary>
    /// <param name="header">What it is for.</param>
    /// <param name="isPlain">The caller's own line is in clear, so this one may be.</param>
    /// <param name="patience">How long to look for a node that serves.</param>
    /// <param name="ct">The caller went.</param>
    /// <returns>Null when none was found in that time.</returns>
    public async Task<ServingConnection?> OpenAsync(RelayHeader header, bool isPlain, TimeSpan patience, CancellationToken ct)
    {
        for (var began = clock.GetTimestamp(); ;)
        {
            if (await PeerAsync(ct) is { } peer && await TryAsync(peer, header, isPlain, ct) is { } open) return open;
            if (clock.GetElapsedTime(began) >= patience) return null;
            await Task.Delay(BetweenTries, clock, ct);
        }
    }

    /// <summary>Ends what was brought to a node that was found dead: its sockets stay open as long as it hangs, and nobody would answer. Callers call again, and are held until another serves.</summary>
    public async Task EndDeadAsync(CancellationToken ct)
    {
        if (_peer is not { } peer || !IsDead(peer.Silo)) return;
        _asked = long.MinValue; // one that stops in order says so first
        await PeerAsync(ct);
    }

    public void Dispose() => _one.Dispose();

    private async Task<ServingConnection?> TryAsync(Peer peer, RelayHeader header, bool isPlain, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(ConnectPatience);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var isOpen = false;
        try
        {
            await socket.ConnectAsync(peer.Address, patience.Token);
            var open = new ServingConnection(socket, isPlain ? await PlainAsync(socket, peer, header, patience.Token) : await EncryptedAsync(socket, peer, header, patience.Token), peer.Gone.Token);
            isOpen = true;
            return open;
        }
        catch (Exception error) when (error is SocketException or IOException or AuthenticationException || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            _asked = long.MinValue; // another may serve by now
            return null;
        }
        finally
        {
            if (!isOpen) socket.Dispose();
        }
    }

    private static async Task<Stream> PlainAsync(Socket socket, Peer peer, RelayHeader header, CancellationToken ct)
    {
        var stream = new NetworkStream(socket);
        await PlainGreeting.SayAsync(stream, header, peer.Secret, ct);
        return stream;
    }

    private static async Task<Stream> EncryptedAsync(Socket socket, Peer peer, RelayHeader header, CancellationToken ct)
    {
        var stream = new SslStream(new NetworkStream(socket));
        await stream.AuthenticateAsClientAsync(peer.Options, ct);
        await stream.WriteAsync(header.ToBytes(), ct);
        return stream;
    }

    /// <summary>Asked once a second at most, however many wait.</summary>
    private async Task<Peer?> PeerAsync(CancellationToken ct)
    {
        if (IsFresh) return _peer;
        await _one.WaitAsync(ct);
        try
        {
            if (IsFresh) return _peer;
            var found = await nodes.FindAsync(ct);
            if (found is null || IsDead(found.Silo)) await ReplaceAsync(null);
            else if (_peer is { } peer && IsSame(peer, found)) _peer = peer with { Sealed = found.SealedIdentity, Silo = found.Silo };
            else await ReplaceAsync(New(found));
            return _peer;
        }
        catch (Exception error) when (Outage.Is(error) || error is CryptographicException)
        {
            LogNobodyFound(log, error.Message);
            return _peer;
        }
        finally
        {
            _asked = clock.GetTimestamp();
            _one.Release();
        }
    }

    // It says so again when the database session of its right is another, and when it stops.
    private static bool IsSame(Peer peer, ServingNode found) =>
        peer.Sealed.AsSpan().SequenceEqual(found.SealedIdentity) || (found.Silo is not null && peer.Silo == found.Silo && peer.Address.Equals(IPEndPoint.Parse(found.Address)));

    // What was brought to one that serves no longer would wait for an answer as long as its sockets are open.
    private async Task ReplaceAsync(Peer? next)
    {
        var old = _peer;
        _peer = next;
        if (old is null) return;
        LogGone(log, old.Address);
        await old.Gone.CancelAsync();
    }

    private bool IsDead(string? silo) => silo is not null && dead().Contains(silo);

    private bool IsFresh => _asked != long.MinValue && clock.GetElapsedTime(_asked) < Fresh;

    private Peer New(ServingNode node)
    {
        LogServing(log, node.Name, node.Address);
        var identity = NodeIdentity.Open(node.SealedIdentity, secrets);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = NodeIdentity.Name,
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificateContext = SslStreamCertificateContext.Create(identity.Certificate, null, offline: true),
            CertificateChainPolicy = RelayedListener.Unchained(),
            RemoteCertificateValidationCallback = (_, shown, _, _) => identity.IsShownBy(shown),
        };
        return new(IPEndPoint.Parse(node.Address), node.SealedIdentity, node.Silo, options, identity.Secret, new());
    }

    /// <param name="Gone">Cancelled when it was found dead. Not disposed: connections hold its token.</param>
    private sealed record Peer(IPEndPoint Address, byte[] Sealed, string? Silo, SslClientAuthenticationOptions Options, byte[] Secret, CancellationTokenSource Gone);

    [LoggerMessage(LogLevel.Information, "Connections are brought to {Name} at {Address}.")]
    private static partial void LogServing(ILogger log, string name, string address);

    [LoggerMessage(LogLevel.Warning, "The node at {Address} serves no longer; what was brought to it ends.")]
    private static partial void LogGone(ILogger log, IPEndPoint address);

    [LoggerMessage(LogLevel.Warning, "The node that serves cannot be asked for: {Why}")]
    private static partial void LogNobodyFound(ILogger log, string why);
}
