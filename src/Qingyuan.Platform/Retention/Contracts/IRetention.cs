using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Retention.Contracts;

/// <summary>Kinds of data with a time of their own.</summary>
public enum DataClass
{
    /// <summary>Frames as received.</summary>
    RawFrames,

    /// <summary>Measured values.</summary>
    Values,

    /// <summary>What rules derived.</summary>
    Results,

    /// <summary>Alarms, work orders, findings, commands.</summary>
    Work,

    /// <summary>Photos, certificates, consents.</summary>
    Uploads,

    /// <summary>Logs of the platform itself.</summary>
    Logs,

    /// <summary>The electronic ledger with its evidence: for ever.</summary>
    Ledger,
}

/// <summary>How long one class is kept at least.</summary>
/// <param name="Months">Null for ever.</param>
/// <param name="ChangedBy">Null while it is the default.</param>
public sealed record RetentionRule(DataClass Class, int? Months, DateTimeOffset? ChangedAt, string? ChangedBy, string? Reason);

/// <summary>The least time each class of data is kept. The platform deletes nothing of it by itself, whatever its age.</summary>
public interface IRetention
{
    /// <summary>Two years (5.5.3).</summary>
    const int LeastMonths = 24;

    /// <summary>Five years: raw records by article 26 of 生态环境监测条例 (in force 2026-01-01).</summary>
    const int UsualMonths = 60;

    /// <summary>A century: what is meant to be for ever is filed as that.</summary>
    const int MostMonths = 1200;

    /// <summary>One for each class.</summary>
    Task<IReadOnlyList<RetentionRule>> ListAsync(CancellationToken ct);

    /// <returns>Refusals: <c>retention.months-invalid</c> (field, least, most), <c>retention.kept-for-ever</c>, <c>retention.reason-missing</c> (field).</returns>
    Task<Result<RetentionRule>> PutAsync(DataClass dataClass, int months, string? reason, Actor actor, CancellationToken ct);
}
