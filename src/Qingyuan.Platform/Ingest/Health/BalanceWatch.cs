using System.Globalization;
using Qingyuan.Platform.Alarms.Contracts;

namespace Qingyuan.Platform.Ingest.Health;

/// <summary>Every frame that was received must soon be stored or counted as not stored. When one is neither, something lost it, and somebody must hear of it.</summary>
internal sealed class BalanceWatch(IngestCounters counters, PlatformSignals signals, TimeProvider time)
{
    private const string Cause = "ingest:unbalanced";
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private long _received;
    private DateTimeOffset _since = time.GetUtcNow();
    private bool _raised;

    /// <summary>Asked at each beat: what had been received a minute ago must be accounted for by now.</summary>
    public void Look()
    {
        var now = time.GetUtcNow();
        var accounted = counters.Stored + counters.Of(IntakeReason.NotStored);
        if (accounted >= _received)
        {
            if (_raised) signals.Clear(Cause);
            (_received, _since, _raised) = (counters.Received, now, false);
        }
        else if (!_raised && now - _since >= Soon)
        {
            _raised = true;
            signals.Raise(Cause, AlarmSeverity.Critical, "ingest.unbalanced", ("frames", (_received - accounted).ToString(CultureInfo.InvariantCulture)));
        }
    }
}
