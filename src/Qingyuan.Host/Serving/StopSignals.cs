using System.Runtime.InteropServices;

namespace Qingyuan.Host.Serving;

/// <summary>Ctrl-C and SIGTERM while there is no host yet that would listen to them.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registered;

    public StopSignals() => _registered = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var signal in _registered) signal.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true; // ends in order, with its own exit code
        _stop.Cancel();
    }
}
