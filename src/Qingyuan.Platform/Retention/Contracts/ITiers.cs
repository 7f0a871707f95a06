using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Retention.Contracts;

/// <summary>From which age on measured values lie in cold files.</summary>
/// <param name="ChangedBy">Null while it is the default.</param>
public sealed record TierRule(int Months, DateTimeOffset? ChangedAt, string? ChangedBy, string? Reason);

/// <summary>Tiers of storage. Moving between them loses nothing and changes no answer.</summary>
public interface ITiers
{
    /// <summary>Younger than 90 days values are hot: late frames still come often.</summary>
    const int LeastColdMonths = 3;

    Task<TierRule> ColdAsync(CancellationToken ct);

    /// <returns>Refusals: <c>retention.cold-invalid</c> (field, least, most), <c>retention.reason-missing</c> (field).</returns>
    Task<Result<TierRule>> PutColdAsync(int months, string? reason, Actor actor, CancellationToken ct);
}
