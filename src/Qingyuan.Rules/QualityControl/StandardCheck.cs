using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.QualityControl;

/// <summary>标样核查 of a water analyser: relative error against a standard solution.</summary>
[Clause("HJ 355-2019", "表1")]
public static class StandardCheck
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("HJ355-STANDARD-CHECK", "2019.1");

    /// <summary>Percent.</summary>
    public const decimal Limit = 10m;

    // Below this no solution is made; a quotient by less could overflow.
    private const decimal Smallest = 0.000001m;

    /// <summary>(measured − standard) / standard. Null when the standard is not above zero.</summary>
    public static CheckResult? Judge(decimal measured, decimal standard)
    {
        if (standard < Smallest) return null;
        var error = (measured - standard) / standard * 100m;
        return new(Math.Abs(error) <= Limit ? CheckVerdict.Pass : CheckVerdict.Adjust, error, Limit, "standard", Id.ToString());
    }
}
