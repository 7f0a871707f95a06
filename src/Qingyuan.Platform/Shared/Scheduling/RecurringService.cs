using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Shared.Scheduling;

/// <summary>
/// Looks every while, beside everything else, for as long as the process runs. For work that may take longer than the house's scan of due dates
/// (<see cref="IDueScan"/>) can wait. What a look throws is said in the log, and the next look tries again.
/// </summary>
internal abstract partial class RecurringService(TimeSpan every, TimeProvider clock, ILogger log) : BackgroundService
{
    protected TimeProvider Clock => clock;

    /// <summary>True looks at once after the start, not only a while later.</summary>
    protected virtual bool AtOnce => false;

    /// <summary>One look.</summary>
    protected abstract Task LookAsync(CancellationToken ct);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, clock);
        try
        {
            if (AtOnce) await GuardedAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken)) await GuardedAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }

    private async Task GuardedAsync(CancellationToken ct)
    {
        try
        {
            await LookAsync(ct);
        }
        catch (Exception error) when (!ct.IsCancellationRequested) // outermost loop
        {
            LookFailed(log, GetType().Name, error);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Service}: a look failed; the next one tries again")]
    private static partial void LookFailed(ILogger logger, string service, Exception error);
}
