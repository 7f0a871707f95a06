using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Ingest.Sensors;

/// <summary>Opens the MQTT broker when a port is configured. Without one its library is never loaded.</summary>
internal sealed class SensorBroker(SensorIntake intake, IngestOptions options, ILogger<SensorBroker> log) : IHostedService
{
    private IAsyncDisposable? _listener;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Mqtt is not { Length: > 0 } address) return;
        _listener = await OpenAsync(IPEndPoint.Parse(address));
        log.BrokerListens(address);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_listener is not null) await _listener.DisposeAsync();
        _listener = null;
    }

    private async Task<IAsyncDisposable> OpenAsync(IPEndPoint bound) => await SensorListener.OpenAsync(intake, bound, options.MqttCertificate is { Length: > 0 } file ? file : null);
}
