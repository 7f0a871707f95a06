using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>This node's newest snapshots and who wants to hear of changes. A slow listener costs one snapshot a station, never a queue.</summary>
internal sealed class LiveFeed(ILogger<LiveFeed> log) : ILiveFeed
{
    private readonly ConcurrentDictionary<int, StationSnapshot> _latest = new();
    private ImmutableArray<Listener> _listeners = [];

    public StationSnapshot? Latest(int stationNo) => _latest.GetValueOrDefault(stationNo);

    public IDisposable Subscribe(IReadOnlySet<int>? stations, Func<StationSnapshot, Task> onChange)
    {
        var listener = new Listener(stations, onChange, this);
        ImmutableInterlocked.Update(ref _listeners, listeners => listeners.Add(listener));
        return listener;
    }

    public void Publish(StationSnapshot snapshot)
    {
        _latest[snapshot.StationNo] = snapshot;
        foreach (var listener in _listeners) listener.Offer(snapshot);
    }

    private sealed class Listener(IReadOnlySet<int>? stations, Func<StationSnapshot, Task> onChange, LiveFeed feed) : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<int, StationSnapshot> _waiting = [];
        private bool _running;
        private bool _gone;

        public void Offer(StationSnapshot snapshot)
        {
            if (stations?.Contains(snapshot.StationNo) is false) return;
            lock (_gate)
            {
                if (_gone) return;
                _waiting[snapshot.StationNo] = snapshot;
                if (_running) return;
                _running = true;
            }

            _ = PumpAsync();
        }

        public void Dispose()
        {
            lock (_gate) _gone = true;
            ImmutableInterlocked.Update(ref feed._listeners, listeners => listeners.Remove(this));
        }

        private async Task PumpAsync()
        {
            // Off the twin's own turn: a listener must never make a station wait.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            while (Take() is { } snapshots)
                foreach (var snapshot in snapshots) await TellAsync(snapshot);
        }

        private StationSnapshot[]? Take()
        {
            lock (_gate)
            {
                if (_gone || _waiting.Count == 0)
                {
                    _running = false;
                    return null;
                }

                StationSnapshot[] snapshots = [.. _waiting.Values];
                _waiting.Clear();
                return snapshots;
            }
        }

        private async Task TellAsync(StationSnapshot snapshot)
        {
            try
            {
                await onChange(snapshot);
            }
            // Outermost loop of a listener: one circuit that is gone must not silence the others.
            catch (Exception error)
            {
                feed.Failed(snapshot.StationNo, error);
            }
        }
    }

    private void Failed(int stationNo, Exception error) => log.ListenerFailed(stationNo, error);
}
