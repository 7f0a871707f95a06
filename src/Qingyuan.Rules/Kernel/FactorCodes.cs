namespace Qingyuan.Rules.Kernel;

/// <summary>Codes the rules name, by the 2017 table. Codes of 2005 are mapped where frames are decoded.</summary>
[Clause("HJ 212-2017", "附录B")]
public static class FactorCodes
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("FACTOR-CODES", "1");

    /// <summary>含氧量.</summary>
    public const string Oxygen = "a19001";

    /// <summary>烟气流速.</summary>
    public const string Velocity = "a01011";

    /// <summary>烟气温度.</summary>
    public const string FlueTemperature = "a01012";

    /// <summary>烟尘.</summary>
    public const string Particulates = "a34013";

    /// <summary>污水流量.</summary>
    public const string WaterFlow = "w00000";

    /// <summary>水温.</summary>
    public const string WaterTemperature = "w01010";

    /// <summary>pH.</summary>
    public const string Ph = "w01001";

    /// <summary>气态污染物: what air in the sample dilutes.</summary>
    public static bool IsGasPollutant(string code) => code.StartsWith("a2", StringComparison.Ordinal);
}
