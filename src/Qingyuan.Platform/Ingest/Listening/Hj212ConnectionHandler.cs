using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Ingest.Session;

namespace Qingyuan.Platform.Ingest.Listening;

/// <summary>Where Kestrel hands over a logger's connection: admits it, runs it, sees it off.</summary>
internal sealed class Hj212ConnectionHandler(
    FieldServices services, AcceptLimiter limiter, ConnectionHeartbeat heartbeat, ILogger<Hj212ConnectionHandler> log) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var remote = RemoteAddress.Of(connection);
        // The log finds out by itself when there is room again, so this ends without anyone's help.
        var closed = services.Frames.Trouble is "disk-nearly-full" ? IntakeReason.DiskNearlyFull
            : services.Shedding.Level is ShedLevel.NobodyNew ? IntakeReason.CommitsLag
            : IntakeReason.None;
        if ((closed is not IntakeReason.None ? closed : limiter.Enter(remote)) is not IntakeReason.None and var refusal)
        {
            services.Counters.Count(refusal);
            log.ConnectionRefused(remote, refusal);
            connection.Abort(new ConnectionAbortedException(refusal.Code()!));
            return;
        }

        try
        {
            await RunAsync(new FieldConnection(connection, services, remote), connection);
        }
        finally
        {
            limiter.Leave(remote);
        }
    }

    private async Task RunAsync(FieldConnection field, ConnectionContext connection)
    {
        heartbeat.Add(field);
        var closing = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        try
        {
            await using var stop = closing.UnsafeRegister(static state => ((FieldConnection)state!).Stop(), field);
            await field.RunAsync();
        }
        finally
        {
            heartbeat.Remove(field);
            if (field.ClosedFor is not IntakeReason.None and var reason) log.ConnectionClosed(field.Source, reason);
        }
    }
}
