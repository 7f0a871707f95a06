using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>Follows the log and gathers the frame index, from where the last run left it.</summary>
internal sealed class FrameIndexer(FrameTail tail, FrameIndex index, TimeProvider time, ILogger<FrameIndexer> logger) : BackgroundService
{
    // About ten minutes of 10,000 stations; bounds memory and what a restart gathers again.
    private const int FlushAt = 100_000;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Flush();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await GatherAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) // the outermost loop: the log is still there to be followed
            {
                Log.IndexStopped(logger, error); // lists read the tail of the log themselves meanwhile
                await Task.Delay(PauseAfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task GatherAsync(CancellationToken ct)
    {
        var flushAt = FlushAt;
        await foreach (var batch in tail.FollowOutlinesAsync(index.Through, ct))
        {
            index.Add(batch);
            if (index.Pending < flushAt) continue;
            flushAt = Flush() ? FlushAt : index.Pending + FlushAt;
        }
    }

    private bool Flush()
    {
        try
        {
            index.Flush();
            return true;
        }
        catch (Exception error) when (Outage.Is(error))
        {
            Log.IndexNotWritten(logger, error); // it stays in memory and is tried again
            return false;
        }
    }
}
