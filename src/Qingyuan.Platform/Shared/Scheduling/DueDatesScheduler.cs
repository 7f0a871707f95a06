using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Quartz;

namespace Qingyuan.Platform.Shared.Scheduling;

/// <summary>Runs the schedule and ends it with a limit. What Quartz could not write down, because the database went away beneath it, it tries for ever and would take all the time that the host has to stop.</summary>
internal sealed class DueDatesScheduler(IHostApplicationLifetime lifetime, IServiceProvider services, IOptionsMonitor<QuartzHostedServiceOptions> options)
    : QuartzHostedService(lifetime, services, options), IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private Task? _ending;

    /// <summary>First of all: whoever takes over, or this node at its next start, runs again what was cut off; a scan that is run twice finds nothing the second time.</summary>
    public override Task StoppingAsync(CancellationToken cancellationToken) => _ending ??= EndAsync(cancellationToken);

    /// <summary>The host's call; it joins the first.</summary>
    Task IHostedService.StopAsync(CancellationToken cancellationToken) => StoppingAsync(cancellationToken);

    private async Task EndAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            // Quartz hears the token where it waits for scans; where it gives a date back that it had taken, it hears none.
            await StopAsync(patience.Token).WaitAsync(Patience + Grace, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            // It goes on trying until the process ends, and says so in the log each time.
        }
    }
}
