using System.Collections.Concurrent;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>The newest real-time value of each factor, in memory; written behind at checkpoints, read back when a station is first asked for.</summary>
internal sealed class LatestValues(ILatestStore store)
{
    // A logger whose clock once ran ahead must not hide all that comes after it was set right.
    private static readonly TimeSpan BelievedAhead = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<int, Station> _stations = [];

    public IReadOnlyList<LatestValue> Of(int stationNo)
    {
        var station = StationOf(stationNo);
        lock (station) return [.. station.Values.Values];
    }

    public void Apply(int stationNo, ReportedValues values)
    {
        var station = StationOf(stationNo);
        lock (station)
        {
            foreach (var value in values.Values)
            {
                var key = (value.Factor, value.Quantity);
                if (station.Values.TryGetValue(key, out var known) && !Supersedes(values, known)) continue;
                station.Values[key] = new(value.Factor, value.Quantity, value.Text, value.Flag, values.DataTime, values.ReceivedAt, values.Frame);
                station.Changed.Add(key);
            }
        }
    }

    /// <summary>Writes what changed since the last time; what could not be written is written the next time.</summary>
    public void Write()
    {
        var changed = new List<(int StationNo, IReadOnlyCollection<LatestValue> Values)>();
        foreach (var (stationNo, station) in _stations)
        {
            lock (station)
                if (station.Changed.Count > 0) changed.Add((stationNo, [.. station.Changed.Select(key => station.Values[key])]));
        }

        store.Write(changed);
        foreach (var (stationNo, values) in changed) Written(_stations[stationNo], values);
    }

    private static void Written(Station station, IEnumerable<LatestValue> values)
    {
        lock (station)
        {
            foreach (var value in values)
                if (ReferenceEquals(station.Values[(value.Factor, value.Quantity)], value)) station.Changed.Remove((value.Factor, value.Quantity));
        }
    }

    private Station StationOf(int stationNo) => _stations.GetOrAdd(stationNo, no =>
    {
        var station = new Station();
        foreach (var value in store.Read(no)) station.Values[(value.Factor, value.Quantity)] = value;
        return station;
    });

    /// <summary>The first value of a moment stands, as in the chunk.</summary>
    private static bool Supersedes(ReportedValues values, LatestValue known) =>
        values.DataTime > known.SampledAt
        || (values.DataTime < known.SampledAt && values.Frame > known.Frame
            && StationClock.Instant(known.SampledAt) - known.ReceivedAt > BelievedAhead && StationClock.Instant(values.DataTime) - values.ReceivedAt <= BelievedAhead);

    private sealed class Station
    {
        public Dictionary<(string Factor, string Quantity), LatestValue> Values { get; } = [];

        public HashSet<(string Factor, string Quantity)> Changed { get; } = [];
    }
}
