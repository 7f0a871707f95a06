using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Emissions;

/// <summary>折算: a measured concentration brought to the reference oxygen of its emission standard.</summary>
[Clause("HJ 75-2017", "附录C", Certainty = "FROM-MEMORY")]
public static class ReferenceOxygen
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("REFERENCE-OXYGEN", "2017.1");

    /// <summary>Oxygen of ambient air as the standards round it, percent.</summary>
    public const decimal Air = 21m;

    // So close to air the quotient says nothing any more, and must not overflow.
    private const decimal Nearest = 0.000001m;

    /// <summary>C × (21 − reference) / (21 − measured).</summary>
    /// <param name="concentration">Standard state, dry.</param>
    /// <param name="oxygen">Measured, dry, percent.</param>
    /// <param name="reference">Of the standard, percent.</param>
    /// <returns>Null when the measured oxygen is 21 % or more (or negative): there is nothing to convert, the sample is air.</returns>
    public static decimal? Convert(decimal concentration, decimal oxygen, decimal reference) =>
        oxygen is < 0m or > Air - Nearest || reference is < 0m or >= Air ? null : concentration * (Air - reference) / (Air - oxygen);
}
