using System.Collections.Concurrent;
using Qingyuan.Platform.Alarms.Contracts;

namespace Qingyuan.Platform.Alarms.Raising;

/// <summary>Remembers causes written lately, so that a signal per frame does not become a write per frame. Only this node's memory: forgetting costs one write.</summary>
internal sealed class RepeatThrottle
{
    private readonly ConcurrentDictionary<(int Station, string Cause), Held> _held = new();

    /// <summary>True when the signal may be counted in memory only; its count goes into the next write.</summary>
    public bool Holds(int station, AlarmSignal signal, DateTimeOffset now, TimeSpan every)
    {
        if (!_held.TryGetValue((station, signal.Cause), out var held) || signal.Severity > held.Severity || now - held.WrittenAt >= every) return false;
        if (held.OnlySince is { } since && since != signal.Since) return false;
        Interlocked.Increment(ref held.Repeats);
        return true;
    }

    /// <summary>Repeats counted since the last write.</summary>
    public int Take(int station, string cause) =>
        _held.TryGetValue((station, cause), out var held) ? Interlocked.Exchange(ref held.Repeats, 0) : 0;

    /// <param name="station">Where.</param>
    /// <param name="signal">What was handled.</param>
    /// <param name="open">True: an alarm is open, and any signal of the cause repeats it. False: this episode is over, and only its own signals say nothing new.</param>
    /// <param name="now">When.</param>
    public void Handled(int station, AlarmSignal signal, bool open, DateTimeOffset now) =>
        _held[(station, signal.Cause)] = new(now, signal.Severity, open ? null : signal.Since);

    public void Forget(int station, string cause) => _held.TryRemove((station, cause), out _);

    private sealed class Held(DateTimeOffset writtenAt, AlarmSeverity severity, DateTime? onlySince)
    {
        public readonly DateTimeOffset WrittenAt = writtenAt;
        public readonly AlarmSeverity Severity = severity;
        public readonly DateTime? OnlySince = onlySince;
        public int Repeats;
    }
}
