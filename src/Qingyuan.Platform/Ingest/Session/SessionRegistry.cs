using System.Collections.Concurrent;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>The sessions of all stations heard since start, by station number.</summary>
internal sealed class SessionRegistry
{
    private readonly ConcurrentDictionary<int, StationSession> _sessions = new();

    /// <summary>Null when the station was not heard since start.</summary>
    public StationSession? Find(int stationNo) => _sessions.GetValueOrDefault(stationNo);

    public StationSession Of(int stationNo) => _sessions.GetOrAdd(stationNo, static no => new(no));
}
