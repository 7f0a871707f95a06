using System.Collections.Concurrent;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>The newest real-time value of each factor, in memory; written behind at checkpoints, read back when a station is first asked for.</summary>
internal sealed class LatestValues(ILatestStore store)
{
    private readonly ConcurrentDictionary<int, StationLatest> _stations = [];

    public IReadOnlyList<LatestValue> Of(int stationNo)
    {
        var station = StationOf(stationNo);
        lock (station) return station.All();
    }

    public void Apply(int stationNo, ReportedValues values)
    {
        var station = StationOf(stationNo);
        lock (station) station.Apply(values);
    }

    /// <summary>Writes what changed since the last time; what could not be written is written the next time.</summary>
    public void Write()
    {
        var changed = new List<(int StationNo, IReadOnlyCollection<LatestValue> Values)>();
        foreach (var (stationNo, station) in _stations)
        {
            lock (station)
                if (station.Changed() is { Count: > 0 } values) changed.Add((stationNo, values));
        }

        store.Write(changed);
        foreach (var (stationNo, values) in changed)
        {
            var station = _stations[stationNo];
            lock (station) station.Written(values);
        }
    }

    private StationLatest StationOf(int stationNo) => _stations.GetOrAdd(stationNo, no => new(store.Read(no)));
}
