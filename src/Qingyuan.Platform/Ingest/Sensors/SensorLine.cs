using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Hosting;

namespace Qingyuan.Platform.Ingest.Sensors;

/// <summary>Brings sensors' connections to the broker, which begins with the first of them: without one its library is never loaded.</summary>
internal sealed class SensorLine(SensorIntake intake) : IHostedService
{
    private readonly Lock _lock = new();
    private Task<SensorBroker>? _broker;

    /// <summary>Serves one sensor until it goes or the server stops.</summary>
    public async Task RunAsync(ConnectionContext connection)
    {
        Task<SensorBroker> broker;
        lock (_lock) broker = _broker ??= SensorBroker.StartAsync(intake);
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        // A sensor never goes by itself; what it got no PUBACK for it sends again.
        await using var cut = stopping.Register(() => connection.Abort(new ConnectionAbortedException("the server stops")));
        await (await broker).RunAsync(connection);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_broker is not null) await (await _broker).DisposeAsync();
    }
}
