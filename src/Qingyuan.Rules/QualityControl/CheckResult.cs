namespace Qingyuan.Rules.QualityControl;

/// <summary>How a check went.</summary>
public enum CheckVerdict
{
    /// <summary>Within the limit.</summary>
    Pass,

    /// <summary>Beyond the limit: calibrate or adjust, then check again.</summary>
    Adjust,

    /// <summary>失控: beyond the out-of-control limit.</summary>
    OutOfControl,
}

/// <summary>A judged check with its figures.</summary>
/// <param name="Verdict">How it went.</param>
/// <param name="Error">Signed, percent, not rounded.</param>
/// <param name="Limit">Percent.</param>
/// <param name="Test"><c>standard</c>, <c>zero</c> or <c>span</c>.</param>
/// <param name="Rule">Rule id and version.</param>
public sealed record CheckResult(CheckVerdict Verdict, decimal Error, decimal Limit, string Test, string Rule);
