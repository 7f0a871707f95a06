using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Alarms.Contracts;

namespace Qingyuan.Platform.Ingest.Health;

/// <summary>Says once that frames cannot be stored and once that they can again; asks nobody to do anything in between.</summary>
internal sealed class StoreWatch(PlatformSignals signals, ILogger<StoreWatch> log)
{
    private const string Cause = "ingest:store";
    private int _failing;

    public string? Trouble { get; private set; }

    public void Failed(Exception? error)
    {
        if (Interlocked.Exchange(ref _failing, 1) is 1) return;
        Trouble = "store-failed: " + (error?.Message ?? "cancelled");
        log.FramesNotStored(error);
        signals.Raise(Cause, AlarmSeverity.Critical, "ingest.store-failed", ("error", error?.Message ?? "cancelled"));
    }

    public void Works()
    {
        if (Volatile.Read(ref _failing) is 0 || Interlocked.Exchange(ref _failing, 0) is 0) return;
        Trouble = null;
        log.FramesStoredAgain();
        signals.Clear(Cause);
    }
}
