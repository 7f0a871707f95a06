using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Health;

/// <summary>Says once that frames cannot be stored and once that they can again; asks nobody to do anything in between.</summary>
internal sealed class StoreWatch(IFrameLog frames, PlatformSignals signals, ILogger<StoreWatch> log)
{
    private const string Cause = "ingest:store";
    private int _failing;

    public void Failed(Exception? error)
    {
        if (Interlocked.Exchange(ref _failing, 1) is 1) return;
        log.FramesNotStored(error);
        signals.Raise(Cause, AlarmSeverity.Critical, "ingest.store-failed", ("error", error?.Message ?? "cancelled"));
    }

    /// <summary>Asked at each beat: the frame log finds out by itself when storing works again, also when no station sends.</summary>
    public void Look()
    {
        if (frames.Trouble is null) Works();
    }

    public void Works()
    {
        if (Volatile.Read(ref _failing) is 0 || Interlocked.Exchange(ref _failing, 0) is 0) return;
        log.FramesStoredAgain();
        signals.Clear(Cause);
    }
}
