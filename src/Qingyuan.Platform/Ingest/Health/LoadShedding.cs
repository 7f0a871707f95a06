using System.Globalization;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Alarms.Contracts;

namespace Qingyuan.Platform.Ingest.Health;

/// <summary>What is put off while commits take too long. Nothing that was received is ever dropped, and nothing is answered early.</summary>
internal enum ShedLevel
{
    None,

    /// <summary>Connections that upload history are not read: their data are old already.</summary>
    HistoryWaits,

    /// <summary>Nor is a new connection accepted.</summary>
    NobodyNew,
}

/// <summary>Watches how long the oldest received frame waits for its commit, and says what has to wait meanwhile. Looked at by every connection, told by the heartbeat.</summary>
internal sealed class LoadShedding(IngestOptions options, PlatformSignals signals, ILogger<LoadShedding> log)
{
    private const string Cause = "ingest:commits-lag";
    private volatile ShedLevel _level;
    private long _lagTicks;

    public ShedLevel Level => _level;

    public TimeSpan CommitLag => new(Interlocked.Read(ref _lagTicks));

    /// <summary>For every surface to show; null while new connections are accepted.</summary>
    public string? Trouble => Level is ShedLevel.NobodyNew ? "commits-lag: " + Seconds(CommitLag) + " s" : null;

    /// <param name="lag">How long the frame that waits longest has waited.</param>
    public void Observe(TimeSpan lag)
    {
        Interlocked.Exchange(ref _lagTicks, lag.Ticks);
        var (before, now) = (_level, lag > options.NobodyNewAfter ? ShedLevel.NobodyNew : lag > options.HistoryWaitsAfter ? ShedLevel.HistoryWaits : ShedLevel.None);
        if (now == before) return;
        _level = now;
        log.Shedding(now, lag);
        if (now is ShedLevel.NobodyNew) signals.Raise(Cause, AlarmSeverity.Serious, "ingest.commits-lag", ("seconds", Seconds(lag)));
        else if (before is ShedLevel.NobodyNew) signals.Clear(Cause);
    }

    private static string Seconds(TimeSpan lag) => lag.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
}
