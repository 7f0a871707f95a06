namespace Qingyuan.Platform.Ingest.Session;

/// <summary>The stations that one connection speaks for; usually one. Tells their twins when the link comes and goes.</summary>
internal sealed class SpeakingStations(FieldConnection connection, SessionRegistry sessions, LinkNotifier links)
{
    private StationSession? _last;
    private Dictionary<int, StationSession>? _all;

    /// <summary>Some station has spoken here.</summary>
    public bool Any => _last is not null;

    /// <summary>The station sent an accepted frame here.</summary>
    public StationSession Heard(int stationNo)
    {
        var session = _last?.StationNo == stationNo ? _last : Find(stationNo);
        if (session.Claim(connection)) links.Changed(stationNo, connected: true, connection.Source);
        return _last = session;
    }

    public void Leave()
    {
        foreach (var session in _all?.Values ?? Enumerable.Empty<StationSession>())
            if (session.Release(connection, out var heir)) links.Changed(session.StationNo, connected: heir is not null, (heir ?? connection).Source);
    }

    private StationSession Find(int stationNo)
    {
        _all ??= [];
        if (!_all.TryGetValue(stationNo, out var session)) _all.Add(stationNo, session = sessions.Of(stationNo));
        return session;
    }
}
