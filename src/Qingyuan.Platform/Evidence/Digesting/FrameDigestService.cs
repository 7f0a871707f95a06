using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Qingyuan.Platform.Evidence.Digesting;

/// <summary>Looks every ten seconds whether an hour fell due. A service of its own: reading an hour of frames must not hold up other due dates.</summary>
internal sealed class FrameDigestService(FrameDigests digests, IOptions<EvidenceOptions> options, TimeProvider clock, ILogger<FrameDigestService> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Writer) return;
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await digests.TakeDueAsync(stoppingToken);
                await Task.Delay(Every, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Outermost loop: an hour that could not be taken stays due.
                Log.DigestFailed(log, error);
                await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
