namespace Qingyuan.Host.Serving;

/// <summary>The last thing before Kestrel binds: until then whoever called was still brought somewhere. And the first when the server stops.</summary>
internal sealed class PortsRelease(NodePlace place, IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => place.ReleasePortsAsync();

    public Task StopAsync(CancellationToken cancellationToken) => place.LeavingAsync(services);
}
