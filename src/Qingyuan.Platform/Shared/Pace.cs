using System.Diagnostics;

namespace Qingyuan.Platform.Shared;

/// <summary>Keeps bulk work below a number of bytes a second, so that loggers who wait for their answer do not feel it.</summary>
internal sealed class Pace(long bytesPerSecond)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private double _due; // seconds of the clock at which the next bytes may go

    /// <summary>As fast as it goes: nobody else is there.</summary>
    public static Pace Full { get; } = new(0);

    /// <summary>How long the work was held back so far.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Called after <paramref name="bytes"/> were moved; waits when they came too fast.</summary>
    public void After(long bytes, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (bytesPerSecond is 0) return;
        var now = _clock.Elapsed.TotalSeconds;
        // Time that nobody used is not saved up for a rush.
        _due = Math.Max(_due, now - 0.5) + (bytes / (double)bytesPerSecond);
        if (_due > now)
        {
            ct.WaitHandle.WaitOne(TimeSpan.FromSeconds(_due - now));
            Waited += _clock.Elapsed - TimeSpan.FromSeconds(now);
        }

        ct.ThrowIfCancellationRequested();
    }
}
