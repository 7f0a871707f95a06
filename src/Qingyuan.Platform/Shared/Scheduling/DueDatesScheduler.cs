using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Quartz;

namespace Qingyuan.Platform.Shared.Scheduling;

/// <summary>Runs the schedule and ends it with a limit. A scan whose end could not be written down, because the database went away beneath it, is tried by Quartz for ever and would take all the time that the host has to stop.</summary>
internal sealed class DueDatesScheduler(IHostApplicationLifetime lifetime, IServiceProvider services, IOptionsMonitor<QuartzHostedServiceOptions> options) : QuartzHostedService(lifetime, services, options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>First of all: whoever takes over, or this node at its next start, runs again what was cut off; a scan that is run twice finds nothing the second time.</summary>
    public override async Task StoppingAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        await StopAsync(patience.Token); // the host's own call joins this one
    }
}
