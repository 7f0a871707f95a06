using Qingyuan.Hj212.Framing;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>The deadlines of one connection's incoming side. Written by its read loop, read by the heartbeat.</summary>
internal sealed class LineWatch(IngestOptions options, TimeProvider time)
{
    /// <summary>After so long without a byte a frame that lacks only its end is taken as it is.</summary>
    private static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(1);

    private long _lastFrame = time.GetTimestamp();
    private bool _anyFrame;
    private long _partSince;
    private long _lastByte;
    private long _rest;
    private int _rubbish;

    /// <summary>No whole frame for too long, whatever else was sent.</summary>
    public bool IsSilent => Since(ref _lastFrame) >= (Volatile.Read(ref _anyFrame) ? options.Silence : options.FirstFrame);

    public bool IsFlooded => _rubbish > options.RubbishBytes;

    /// <summary>What a read that brought nothing new means for the bytes that wait.</summary>
    public LineState Line
    {
        get
        {
            if (Volatile.Read(ref _partSince) is 0) return LineState.Flowing;
            if (Since(ref _partSince) >= options.HalfFrame) return LineState.Ended;
            return Since(ref _lastByte) >= QuietAfter ? LineState.Quiet : LineState.Flowing;
        }
    }

    /// <summary>Counts rubbish; a whole frame forgives what came before it.</summary>
    public void Took(FrameStatus status, FrameRejection why, int length)
    {
        if (status is FrameStatus.Complete) (_lastFrame, _anyFrame) = (time.GetTimestamp(), true);
        if (status is FrameStatus.Complete || why is FrameRejection.CrcMismatch) _rubbish = 0;
        else _rubbish += length;
    }

    /// <summary>One read was gone through: <paramref name="came"/> bytes were there, <paramref name="rest"/> wait for more.</summary>
    public void Read(long came, long rest)
    {
        var now = time.GetTimestamp();
        if (came > _rest) Volatile.Write(ref _lastByte, now);
        if (rest is 0) Volatile.Write(ref _partSince, 0);
        else if (_partSince is 0 || rest < came) Volatile.Write(ref _partSince, now);
        _rest = rest;
    }

    private TimeSpan Since(ref long mark) => time.GetElapsedTime(Volatile.Read(ref mark));
}
