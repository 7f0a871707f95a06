using System.Collections.Concurrent;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Months;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>The newest real-time value of each factor, in memory; written behind at checkpoints, read back when a station is first asked for. A value leaves with its month.</summary>
internal sealed class LatestValues(ILatestStore store, DeletedValues deleted)
{
    private readonly ConcurrentDictionary<int, StationLatest> _stations = [];

    public IReadOnlyList<LatestValue> Of(int stationNo)
    {
        var station = StationOf(stationNo);
        lock (station) return Kept(station);
    }

    public void Apply(int stationNo, ReportedValues values)
    {
        var station = StationOf(stationNo);
        lock (station) station.Apply(values);
    }

    /// <summary>Writes the stations that said something since the last time; what could not be written is written the next time.</summary>
    public void Write()
    {
        var changed = new List<(StationLatest Station, int Change)>();
        var contents = new List<(int StationNo, byte[] Content)>();
        foreach (var (stationNo, station) in _stations)
        {
            lock (station)
            {
                if (!station.HasChanged) continue;
                contents.Add((stationNo, LatestContent.Write(Kept(station))));
                changed.Add((station, station.Change));
            }
        }

        store.Write(contents);
        foreach (var (station, change) in changed)
            lock (station) station.Written(change);
    }

    /// <summary>After a month was deleted: writes anew each station that had a newest value in it.</summary>
    public void Forget(int month)
    {
        foreach (var stationNo in store.Stations())
        {
            var station = StationOf(stationNo);
            lock (station)
                if (station.All().Any(value => MonthName.Number(value.SampledAt) == month)) station.MarkChanged();
        }

        Write();
    }

    private IReadOnlyList<LatestValue> Kept(StationLatest station)
    {
        var all = station.All();
        return all.Any(IsDeleted) ? [.. all.Where(value => !IsDeleted(value))] : all;
    }

    private bool IsDeleted(LatestValue value) => deleted.Holds(MonthName.Number(value.SampledAt), value.Frame);

    private StationLatest StationOf(int stationNo) => _stations.GetOrAdd(stationNo, no => new(store.Read(no)));
}
