using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Applying;

/// <summary>Has changed chunks written every ten minutes, at the turn of the hour, and at the end, so that replay after a crash is short.</summary>
internal sealed class Checkpoints(IChunkWriter chunks, IngestCounters counters, IngestOptions options, TimeProvider time, ILogger<Checkpoints> log)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private DateTimeOffset _written = time.GetUtcNow();
    private long _through;

    public async Task RunAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(ct))
            if (IsDue(time.GetUtcNow())) await WriteAsync(ct);
    }

    public async Task WriteAsync(CancellationToken ct)
    {
        var through = counters.AppliedThrough;
        if (through == _through) return;
        try
        {
            await chunks.CheckpointAsync(through, ct);
            (_written, _through) = (time.GetUtcNow(), through);
        }
        catch (Exception error) when (error is not OperationCanceledException) // the outermost loop: whatever broke, the next look tries again
        {
            // Everything is still in the frame log.
            log.CheckpointFailed(through, error);
        }
    }

    // A chunk is one clock hour, and clock hours turn everywhere at once.
    private bool IsDue(DateTimeOffset now) => now - _written >= options.Checkpoint || now.UtcTicks / TimeSpan.TicksPerHour != _written.UtcTicks / TimeSpan.TicksPerHour;
}
