using Microsoft.Extensions.Hosting;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>The silo in the life of the platform: it is there before what calls twins, and ends after it.</summary>
internal sealed class TwinSiloService(Lazy<TwinSilo> silo, IServiceProvider platform) : IHostedService, IAsyncDisposable
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        silo.Value.Serve(platform);
        return silo.Value.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => silo.IsValueCreated ? silo.Value.StopAsync(cancellationToken) : Task.CompletedTask;

    public ValueTask DisposeAsync() => silo.IsValueCreated ? silo.Value.DisposeAsync() : ValueTask.CompletedTask;
}
