namespace Qingyuan.Host.Relaying;

/// <summary>Looks every second whether the node that connections are brought to was found dead.</summary>
internal sealed class DeadPeerWatch(ServingLine serving, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await serving.EndDeadAsync(stoppingToken);
    }
}
