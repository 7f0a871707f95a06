using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Cold;

/// <summary>Looks every hour whether a month has become cold. A look that fails is gone on with by the next.</summary>
internal sealed class ColdService(IColdTier tier, TimeProvider clock, ILogger<ColdService> log) : RecurringService(TimeSpan.FromHours(1), clock, log)
{
    protected override Task LookAsync(CancellationToken ct) => tier.RunAsync(ct);
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
