using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Shared;

/// <summary>Follows the event stream once for all circuits and tells each what it subscribed to.</summary>
/// <remarks>A subscriber that is still busy is told once more when it is done, never twice at a time.</remarks>
internal sealed class EventRelay(IEventStream events, IStationDirectory stations, TimeProvider time, ILogger<EventRelay> log) : BackgroundService
{
    /// <summary>The archive of stations changed. No event of the stream: told when the snapshot in memory is the new one, which an event of the change might come before.</summary>
    public const string Archive = "archive.";

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Subscription, byte> _subscriptions = [];

    /// <summary>Calls <paramref name="onChange"/> after events whose kind starts with one of <paramref name="kinds"/>, until disposed.</summary>
    public IDisposable Subscribe(IReadOnlyList<string> kinds, Func<Task> onChange)
    {
        var subscription = new Subscription(this, kinds, onChange);
        _subscriptions[subscription] = 0;
        return subscription;
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        stations.Changed += TellOfArchive;
        return base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        stations.Changed -= TellOfArchive;
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? last = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var change in events.FollowAsync(last, stoppingToken))
                {
                    last = change.Seq;
                    Tell(change.Kind);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return; // the platform stops
            }
            catch (Exception error) // the outermost loop: pages stay live when the database was away for a moment
            {
                log.RelayBroken(last, error);
                await Task.Delay(PauseAfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void TellOfArchive(object? sender, EventArgs change) => Tell(Archive);

    private void Tell(string kind)
    {
        foreach (var subscription in _subscriptions.Keys) subscription.Tell(kind);
    }

    private sealed class Subscription(EventRelay owner, IReadOnlyList<string> kinds, Func<Task> onChange) : IDisposable
    {
        private readonly CultureInfo _culture = CultureInfo.CurrentUICulture; // of the circuit that subscribes
        private int _waiting; // 0 idle, 1 busy, 2 busy and asked again

        public void Tell(string kind)
        {
            if (!kinds.Any(prefix => kind.StartsWith(prefix, StringComparison.Ordinal))) return;
            if (Interlocked.Exchange(ref _waiting, 2) is 0) _ = RunAsync();
        }

        public void Dispose() => owner._subscriptions.TryRemove(this, out _);

        private async Task RunAsync()
        {
            await Task.Yield();
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _culture);
            do
            {
                Volatile.Write(ref _waiting, 1);
                try
                {
                    await onChange();
                }
                catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or IOException)
                {
                    Dispose();
                    owner.Gone(e);
                }
                catch (Exception e) // the outermost loop of this page: it must not stay marked as busy for ever
                {
                    owner.Failed(e);
                }
            }
            while (Interlocked.CompareExchange(ref _waiting, 0, 1) is 2);
        }
    }

    private void Gone(Exception why) => log.ListenerGone(why.GetType().Name);

    private void Failed(Exception why) => log.ListenerFailed(why);
}
