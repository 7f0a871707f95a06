using Qingyuan.Hj212.Framing;

namespace Qingyuan.Hj212.Sessions;

/// <summary>Gives out QNs that no two exchanges share: the moment in milliseconds, moved on when the last one was not before it. Safe for threads.</summary>
public sealed class QnSource
{
    private long _last;

    /// <summary>The next QN at <paramref name="wallClock"/>. Also when the clock is set back, none is given twice.</summary>
    public string Next(DateTime wallClock)
    {
        var wanted = wallClock.Ticks / TimeSpan.TicksPerMillisecond;
        while (true)
        {
            var last = Interlocked.Read(ref _last);
            var next = Math.Max(wanted, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last) return FrameBuilder.QnAt(new(next * TimeSpan.TicksPerMillisecond));
        }
    }
}
