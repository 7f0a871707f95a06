using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Auditing;

/// <summary>How far a walk over the frames came, kept on disk: a log of years takes days to read, and a restart goes on where the walk was.</summary>
/// <param name="marks">Keeps it.</param>
/// <param name="everyBytes">Content between two writings; each is a synced commit.</param>
internal sealed class WalkMark(IMarkStore marks, long everyBytes = 256L << 20)
{
    private long _unwritten;

    /// <summary>The batch up to which all was whole; 0 when a walk begins.</summary>
    public long Through { get; private set; } = marks.Read(IMarkStore.Walked);

    /// <summary>All up to <paramref name="batch"/> was read and is whole.</summary>
    public void Came(long batch, long bytes)
    {
        Through = batch;
        _unwritten += bytes;
        if (_unwritten < everyBytes) return;
        marks.Write(IMarkStore.Walked, batch);
        _unwritten = 0;
    }

    /// <summary>The walk is at its end, or another begins at the first batch.</summary>
    public void Clear()
    {
        (Through, _unwritten) = (0, 0);
        if (marks.Read(IMarkStore.Walked) is not 0) marks.Write(IMarkStore.Walked, 0);
    }
}
