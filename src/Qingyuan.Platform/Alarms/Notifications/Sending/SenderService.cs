using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Alarms.Notifications.Sending;

/// <summary>Runs the sender: at once when the bell rings, every second otherwise.</summary>
internal sealed class SenderService(OutboxSender sender, OutboxBell bell, ILogger<SenderService> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await sender.SendDueAsync(stoppingToken);
                await bell.WaitAsync(Look, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Outermost loop: whatever one round meets, the outbox keeps its rows and the next round goes on.
                Log.RoundFailed(log, error);
                await Task.Delay(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
