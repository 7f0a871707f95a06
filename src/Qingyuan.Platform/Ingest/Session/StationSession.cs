namespace Qingyuan.Platform.Ingest.Session;

/// <summary>One station as the listener knows it: what it sent lately and which connection spoke for it last. Outlives connections.</summary>
internal sealed class StationSession(int stationNo)
{
    private readonly Lock _lock = new();
    private readonly DuplicateRing _recent = new();
    private readonly List<FieldConnection> _speaking = [];
    private FieldConnection? _newest;

    public int StationNo { get; } = stationNo;

    /// <summary>The connection that speaks for it; null while none does.</summary>
    public FieldConnection? Newest => Volatile.Read(ref _newest);

    /// <summary>The ticket of the first copy of these bytes, null when they are new.</summary>
    /// <remarks>Two connections that bring the same new bytes at the same moment may both hear "new"; the twin then decides by frame.</remarks>
    public Task? FirstCopy(ulong hash, ReadOnlySpan<byte> frame)
    {
        lock (_lock) return _recent.FirstCopy(hash, frame);
    }

    public void Remember(ulong hash, ReadOnlySpan<byte> frame, Task durable)
    {
        lock (_lock) _recent.Remember(hash, frame, durable);
    }

    /// <summary>The connection that was opened last wins; an older one may go on delivering. True when the station's link moved to <paramref name="connection"/>.</summary>
    public bool Claim(FieldConnection connection)
    {
        if (ReferenceEquals(Volatile.Read(ref _newest), connection)) return false;
        lock (_lock)
        {
            if (!_speaking.Contains(connection)) _speaking.Add(connection);
            if (_newest is { } newest && newest.Number > connection.Number) return false;
            _newest = connection;
            return true;
        }
    }

    /// <summary>Nobody speaks for the station any more, whoever is connected; the next frame that is accepted claims it anew.</summary>
    /// <returns>The connection that had the link; null when none did.</returns>
    public FieldConnection? Abandon()
    {
        lock (_lock)
        {
            _speaking.Clear();
            var last = _newest;
            _newest = null;
            return last;
        }
    }

    /// <summary>The link moves back to an older connection that still speaks, if there is one.</summary>
    /// <param name="connection">That has ended.</param>
    /// <param name="heir">The connection that has the link now; null when none does.</param>
    /// <returns>True when <paramref name="connection"/> had the link.</returns>
    public bool Release(FieldConnection connection, out FieldConnection? heir)
    {
        lock (_lock)
        {
            _speaking.Remove(connection);
            heir = _newest;
            if (!ReferenceEquals(_newest, connection)) return false;
            _newest = heir = _speaking.MaxBy(each => each.Number);
            return true;
        }
    }
}
