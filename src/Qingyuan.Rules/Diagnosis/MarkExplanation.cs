using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Diagnosis;

/// <summary>Whether a calibration or maintenance mark that a device set has an explanation: somebody did something, or a check was reported. A signature without one is what tampering looks like.</summary>
[Clause("《污染源自动监测系统数智化运行维护技术规范》编制说明 2024", "5.6.3", Certainty = "SINGLE")]
public static class MarkExplanation
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("MARK-EXPLANATION", "1");

    /// <summary>How far an operation or a manual mark may lie from the device's mark; the house's own parameter.</summary>
    public static readonly TimeSpan NearOperation = TimeSpan.FromMinutes(30);

    /// <summary>How far the report of a check may lie from the mark of its calibration; the house's own parameter.</summary>
    public static readonly TimeSpan NearCheck = TimeSpan.FromHours(2);

    /// <summary>Marks that ask for an explanation: C calibration, M maintenance. A fault explains itself.</summary>
    public static bool AsksFor(string mark) => mark is "C" or "M";

    /// <param name="mark">The letter.</param>
    /// <param name="from">When the device began it, station wall clock.</param>
    /// <param name="operations">Operations and manual marks of the station; an open end goes on.</param>
    /// <param name="checks">Moments of reported checks and calibrations.</param>
    public static bool IsExplained(string mark, DateTime from, IEnumerable<(DateTime From, DateTime? To)> operations, IEnumerable<DateTime> checks) =>
        operations.Any(each => each.From <= from + NearOperation && (each.To is null || each.To >= from - NearOperation))
        || (mark is "C" && checks.Any(check => (check - from).Duration() <= NearCheck));
}
