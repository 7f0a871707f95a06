using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Cold;

/// <summary>Looks every hour whether a month has become cold.</summary>
internal sealed class ColdService(IColdTier tier, TimeProvider clock, ILogger<ColdService> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await GuardedAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
    }

    private async Task GuardedAsync(CancellationToken ct)
    {
        try
        {
            await tier.RunAsync(ct);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.MoveFailed(log, error); // outermost loop: the next look goes on where this one was cut off
        }
    }
}

/// <summary>Without a slice that keeps a policy: two years, and nobody is told.</summary>
internal sealed class UsualColdPolicy : IColdPolicy
{
    public Task<int> MonthsAsync(CancellationToken ct) => Task.FromResult(IColdPolicy.UsualMonths);

    public Task EnterAsync(ColdPart part, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>Without an archive of stations nobody knows their MN.</summary>
internal sealed class NoLoggerIds : ILoggerIds
{
    public string? Of(int stationNo) => null;
}
