using System.Collections.Concurrent;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>The sessions of all stations heard since start, by station number.</summary>
internal sealed class SessionRegistry
{
    private readonly ConcurrentDictionary<int, StationSession> _sessions = new();

    public StationSession Of(int stationNo) => _sessions.GetOrAdd(stationNo, static no => new(no));
}
