namespace Qingyuan.Host.Serving;

/// <summary>The last thing before Kestrel binds: until then whoever called was still brought somewhere.</summary>
internal sealed class PortsRelease(NodePlace place) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => place.ReleasePortsAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
