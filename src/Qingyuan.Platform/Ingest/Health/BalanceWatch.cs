using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;

namespace Qingyuan.Platform.Ingest.Health;

/// <summary>Every frame that was received is stored, counted as not stored, or waits for its commit. When one is none of these, something lost it, and somebody must hear of it.</summary>
/// <remarks>What is found once stays: later frames do not make up for one that is gone. It ends with the process, whose counts begin anew.</remarks>
internal sealed class BalanceWatch(IngestCounters counters, PlatformSignals signals, TimeProvider time)
{
    private const string Cause = "ingest:unbalanced";
    // A frame between two counts looks lost for a moment, never for each look of a minute.
    private const int FewestLooks = 10;
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private long _least = long.MaxValue;
    private int _looks;
    private long _since = time.GetTimestamp();
    private long? _told;

    /// <summary>Asked at each beat.</summary>
    public void Look()
    {
        _least = Math.Min(_least, Math.Max(0, counters.Unaccounted));
        if (++_looks < FewestLooks || time.GetElapsedTime(_since) < Soon) return;
        if (_least != _told) Tell(_least);
        (_least, _looks, _since) = (long.MaxValue, 0, time.GetTimestamp());
    }

    /// <summary>Also the first time that nothing is lost: an alarm of the process before this one ends.</summary>
    private void Tell(long lost)
    {
        _told = lost;
        if (lost is 0) signals.Clear(Cause);
        else signals.Raise(Cause, AlarmSeverity.Critical, "ingest.unbalanced", ("frames", lost.ToString(CultureInfo.InvariantCulture)));
    }
}
