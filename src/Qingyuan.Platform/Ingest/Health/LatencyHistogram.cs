using System.Numerics;

namespace Qingyuan.Platform.Ingest.Health;

/// <summary>Durations in buckets that widen by a quarter octave, newest few thousand weigh most: enough for a percentile on a health page.</summary>
internal sealed class LatencyHistogram
{
    private const int Steps = 4;
    private const int Fade = 65_536;
    private readonly long[] _buckets = new long[40 * Steps];
    private long _total;

    public void Add(TimeSpan duration)
    {
        Interlocked.Increment(ref _buckets[Bucket(Math.Max(1, (ulong)Math.Max(0, duration.TotalMicroseconds)))]);
        if (Interlocked.Increment(ref _total) >= Fade) Halve();
    }

    /// <summary>Upper edge of the bucket in which the quantile falls; 0 when nothing was measured.</summary>
    public double Milliseconds(double quantile)
    {
        var total = _buckets.Sum();
        if (total is 0) return 0;
        var wanted = (long)Math.Ceiling(total * quantile);
        var index = 0;
        for (long seen = 0; index < _buckets.Length - 1; index++)
        {
            seen += _buckets[index];
            if (seen >= wanted) break;
        }

        return Math.Round(Math.Pow(2, (index + 1.0) / Steps) / 1000, 3);
    }

    private int Bucket(ulong microseconds)
    {
        var octave = BitOperations.Log2(microseconds);
        var within = octave < 2 ? 0 : (int)((microseconds >> (octave - 2)) & 3);
        return Math.Min((octave * Steps) + within, _buckets.Length - 1);
    }

    // Racing additions may be lost here: it is a display, not an account.
    private void Halve()
    {
        Interlocked.Exchange(ref _total, 0);
        for (var i = 0; i < _buckets.Length; i++) Interlocked.Exchange(ref _buckets[i], _buckets[i] / 2);
    }
}
