using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>This node's newest snapshots and who wants to hear of changes. A slow listener costs one snapshot a station, never a queue.</summary>
/// <remarks>A snapshot is made when somebody looks: twins change far more often than people do.</remarks>
internal sealed class LiveFeed(ILogger<LiveFeed> log) : ILiveFeed
{
    private readonly ConcurrentDictionary<int, Picture> _latest = new();
    private ImmutableArray<Listener> _listeners = [];

    public StationSnapshot? Latest(int stationNo) => _latest.GetValueOrDefault(stationNo)?.Snapshot;

    public IDisposable Subscribe(IReadOnlySet<int>? stations, Func<StationSnapshot, Task> onChange)
    {
        var listener = new Listener(stations, onChange, this);
        ImmutableInterlocked.Update(ref _listeners, listeners => listeners.Add(listener));
        return listener;
    }

    /// <param name="stationNo">Whose.</param>
    /// <param name="make">A pure function of what the twin knew; it may be called later, by anybody, and twice.</param>
    public void Publish(int stationNo, Func<StationSnapshot> make)
    {
        var picture = new Picture(make);
        _latest[stationNo] = picture;
        foreach (var listener in _listeners) listener.Offer(stationNo, picture);
    }

    private sealed class Picture(Func<StationSnapshot> make)
    {
        private StationSnapshot? _snapshot;

        public StationSnapshot Snapshot => _snapshot ??= make();
    }

    private sealed class Listener(IReadOnlySet<int>? stations, Func<StationSnapshot, Task> onChange, LiveFeed feed) : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<int, Picture> _waiting = [];
        private bool _running;
        private bool _gone;

        public void Offer(int stationNo, Picture picture)
        {
            if (stations?.Contains(stationNo) is false) return;
            lock (_gate)
            {
                if (_gone) return;
                _waiting[stationNo] = picture;
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
            while (Take() is { } pictures)
                foreach (var picture in pictures) await TellAsync(picture.Snapshot);
        }

        private Picture[]? Take()
        {
            lock (_gate)
            {
                if (_gone || _waiting.Count == 0)
                {
                    _running = false;
                    return null;
                }

                Picture[] pictures = [.. _waiting.Values];
                _waiting.Clear();
                return pictures;
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
