using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.QualityControl;

/// <summary>Whose limits apply.</summary>
public enum DriftAnalyser
{
    /// <summary>SO2, NOx, O2, CO …</summary>
    Gas,

    /// <summary>颗粒物.</summary>
    Particulates,

    /// <summary>流速: also an absolute limit.</summary>
    Velocity,
}

/// <summary>零点漂移 and 量程漂移 in percent of full scale: pass, adjust, or out of control.</summary>
[Clause("HJ 75-2017", "表4", Certainty = "FROM-MEMORY")]
public static class Drift
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("HJ75-DRIFT", "2017.1");

    private const decimal VelocityPass = 0.9m;
    private const decimal VelocityOut = 1.8m;

    /// <summary>(reading − reference) / range. Null when the range is not above zero.</summary>
    /// <param name="analyser">Whose limits.</param>
    /// <param name="isZero">Zero or span test: only the out-of-control limit of gas differs.</param>
    /// <param name="reading">Shown now.</param>
    /// <param name="reference">What it should show.</param>
    /// <param name="range">Full scale.</param>
    public static CheckResult? Judge(DriftAnalyser analyser, bool isZero, decimal reading, decimal reference, decimal range)
    {
        if (range <= 0m) return null;
        var (pass, outOfControl) = Limits(analyser, isZero);
        var error = (reading - reference) / range * 100m;
        var verdict = Math.Abs(error) <= pass ? CheckVerdict.Pass : Math.Abs(error) <= outOfControl ? CheckVerdict.Adjust : CheckVerdict.OutOfControl;
        if (analyser is DriftAnalyser.Velocity) verdict = Velocity(verdict, Math.Abs(reading - reference));
        return new(verdict, error, pass, isZero ? "zero" : "span", Id.ToString());
    }

    private static (decimal Pass, decimal OutOfControl) Limits(DriftAnalyser analyser, bool isZero) => analyser switch
    {
        DriftAnalyser.Particulates => (2.0m, 8.0m),
        DriftAnalyser.Velocity => (3.0m, 8.0m),
        _ => (2.5m, isZero ? 5.0m : 10.0m),
    };

    // Passes by either limit; out of control only by both.
    private static CheckVerdict Velocity(CheckVerdict byRange, decimal absolute) => byRange switch
    {
        _ when absolute <= VelocityPass => CheckVerdict.Pass,
        CheckVerdict.OutOfControl when absolute <= VelocityOut => CheckVerdict.Adjust,
        _ => byRange,
    };
}
