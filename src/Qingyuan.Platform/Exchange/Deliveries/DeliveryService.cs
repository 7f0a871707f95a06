using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>Runs a round whenever the house's scan of due dates says so, beside it: a large file must not hold up other slices' dates.</summary>
internal sealed class DeliveryService(DeliveryRound round, TimeProvider clock, ILogger<DeliveryService> log) : BackgroundService
{
    private TaskCompletionSource _due = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Something may be due.</summary>
    public void Wake() => Volatile.Read(ref _due).TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Volatile.Read(ref _due).Task.WaitAsync(Timeout.InfiniteTimeSpan, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Volatile.Write(ref _due, new(TaskCreationOptions.RunContinuationsAsynchronously));
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await round.RunAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested) // the outermost loop, also of a wait that was given up: the rows are still there, the next round tries again
            {
                log.DeliveryRoundFailed(error);
            }
            catch (OperationCanceledException)
            {
                // stopping
            }
        }
    }
}
