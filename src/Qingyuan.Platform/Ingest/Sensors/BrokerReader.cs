using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Ingest.Sensors;

/// <summary>Fetches reports from a broker of another when one is configured; comes back whenever the line breaks. Without one its library is never loaded.</summary>
internal sealed class BrokerReader(SensorIntake intake, IngestOptions options, TimeProvider time, ILogger<BrokerReader> log) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.MqttFrom.Address is not { Length: > 0 } address) return;
        var pause = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(() =>
                {
                    pause = TimeSpan.Zero;
                    log.BrokerRead(address);
                }, stoppingToken);
                log.BrokerLost(address, null);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested) // the one edge: whatever happened, the broker keeps the reports and is asked again
            {
                log.BrokerLost(address, error);
            }

            pause = TimeSpan.FromSeconds(Math.Clamp(pause.TotalSeconds * 2, 1, LongestPause.TotalSeconds));
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task ReadAsync(Action connected, CancellationToken ct) => BrokerLine.ReadAsync(intake, options.MqttFrom, connected, ct);
}
