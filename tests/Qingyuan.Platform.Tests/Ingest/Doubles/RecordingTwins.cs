using System.Collections.Concurrent;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Tests.Ingest.Doubles;

/// <summary>Twins that write down what they are told, and fail as the test says.</summary>
internal sealed class RecordingTwins : IStationTwins
{
    public ConcurrentQueue<(int StationNo, StationReport Report)> Applied { get; } = new();

    public ConcurrentQueue<(int StationNo, bool Connected, string Remote)> Links { get; } = new();

    /// <summary>Called before reports are taken; throws to refuse.</summary>
    public Action<int, IReadOnlyList<StationReport>> Before { get; set; } = (_, _) => { };

    public IStationTwin Of(int stationNo) => new Twin(this, stationNo);

    private sealed class Twin(RecordingTwins all, int stationNo) : IStationTwin
    {
        public Task KeepAsync(IReadOnlyList<StationReport> reports) => ApplyAsync(reports);

        public Task ApplyAsync(IReadOnlyList<StationReport> reports)
        {
            all.Before(stationNo, reports);
            foreach (var report in reports) all.Applied.Enqueue((stationNo, report));
            return Task.CompletedTask;
        }

        public Task LinkChangedAsync(bool connected, string remote, DateTimeOffset at)
        {
            all.Links.Enqueue((stationNo, connected, remote));
            return Task.CompletedTask;
        }

        public Task<StationSnapshot> SnapshotAsync() => throw new NotSupportedException();
    }
}
