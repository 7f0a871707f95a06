using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Ingest.Health;

/// <summary>Brings the slice's own troubles to the alarm desk. The desk may share the disk that is in trouble, so what cannot be delivered is tried again until it can.</summary>
internal sealed class PlatformSignals(IAlarmDesk desk, TimeProvider time, ILogger<PlatformSignals> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, AlarmSignal> _undelivered = new(StringComparer.Ordinal);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise(string cause, AlarmSeverity severity, string messageCode, params ReadOnlySpan<(string Name, string Value)> args)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in args) named[name] = value;
        Set(Signal(cause, severity, active: true, messageCode, named));
    }

    public void Clear(string cause) => Set(Signal(cause, AlarmSeverity.Notice, active: false, "ingest.recovered", new Dictionary<string, string>()));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _wake.Reader.WaitToReadAsync(stoppingToken))
        {
            _wake.Reader.TryRead(out _);
            while (!await TryDeliverAsync(stoppingToken)) await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private AlarmSignal Signal(string cause, AlarmSeverity severity, bool active, string messageCode, IReadOnlyDictionary<string, string> args) =>
        new(null, AlarmKind.Platform, cause, severity, active, StationClock.Wall(time.GetUtcNow()), null, messageCode, args, "INGEST@1", null);

    private void Set(AlarmSignal signal)
    {
        lock (_lock) _undelivered[signal.Cause] = signal;
        _wake.Writer.TryWrite(true);
    }

    private async Task<bool> TryDeliverAsync(CancellationToken ct)
    {
        AlarmSignal[] signals;
        lock (_lock) signals = [.. _undelivered.Values];
        foreach (var signal in signals)
        {
            try
            {
                await desk.HandleAsync(signal, ct);
            }
            catch (Exception error) when (!ct.IsCancellationRequested) // the outermost loop: the trouble itself must not end its reporting
            {
                log.SignalNotDelivered(signal.Cause, error);
                return false;
            }

            lock (_lock)
                if (_undelivered.TryGetValue(signal.Cause, out var newest) && ReferenceEquals(newest, signal)) _undelivered.Remove(signal.Cause);
        }

        return true;
    }
}
