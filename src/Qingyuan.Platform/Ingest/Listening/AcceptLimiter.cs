using System.Net;
using Qingyuan.Platform.Ingest.Health;

namespace Qingyuan.Platform.Ingest.Listening;

/// <summary>Who may open one more connection: a total, a number per address, and a rate per address (token bucket).</summary>
internal sealed class AcceptLimiter(AcceptLimits limits, TimeProvider time)
{
    private const int MostIdleAddresses = 10_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Caller> _callers = [];
    private int _open;

    public int Open => Volatile.Read(ref _open);

    /// <summary>None: admitted, and <see cref="Leave"/> is due later.</summary>
    public IntakeReason Enter(IPAddress address)
    {
        lock (_lock)
        {
            if (_open >= limits.Connections) return IntakeReason.TooManyConnections;
            if (!_callers.TryGetValue(address, out var caller)) caller = Add(address);
            if (caller.Open >= limits.PerAddress) return IntakeReason.TooManyConnections;
            if (!caller.TakeToken(limits, time)) return IntakeReason.AcceptRateExceeded;
            caller.Open++;
            _open++;
            return IntakeReason.None;
        }
    }

    public void Leave(IPAddress address)
    {
        lock (_lock)
        {
            _open--;
            _callers[address].Open--;
        }
    }

    private Caller Add(IPAddress address)
    {
        if (_callers.Count >= MostIdleAddresses)
            foreach (var (idle, _) in _callers.Where(pair => pair.Value.Open is 0).ToArray()) _callers.Remove(idle);
        var caller = new Caller { Tokens = limits.Burst, Filled = time.GetTimestamp() };
        _callers.Add(address, caller);
        return caller;
    }

    private sealed class Caller
    {
        public int Open { get; set; }

        public double Tokens { get; set; }

        public long Filled { get; set; }

        public bool TakeToken(AcceptLimits limits, TimeProvider time)
        {
            var now = time.GetTimestamp();
            Tokens = Math.Min(limits.Burst, Tokens + (time.GetElapsedTime(Filled, now).TotalSeconds * limits.PerSecond));
            Filled = now;
            if (Tokens < 1) return false;
            Tokens--;
            return true;
        }
    }
}
