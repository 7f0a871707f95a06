namespace Qingyuan.Rules.Kernel;

/// <summary>数值修约.</summary>
[Clause("GB/T 8170-2008", "3.2")]
public static class Rounding
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("GBT8170", "2008.1");

    /// <summary>四舍六入五成双: a tail of exactly half goes to the even digit.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decimals"/> is not 0 to 28.</exception>
    public static decimal HalfEven(decimal value, int decimals) => Padded(decimal.Round(value, decimals, MidpointRounding.ToEven), decimals);

    /// <summary>四舍五入: a tail of exactly half goes away from zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decimals"/> is not 0 to 28.</exception>
    public static decimal HalfAway(decimal value, int decimals) => Padded(decimal.Round(value, decimals, MidpointRounding.AwayFromZero), decimals);

    // 18.2 to two decimals is written 18.20: the count of decimals is part of the result.
    private static decimal Padded(decimal value, int decimals) => value.Scale >= decimals ? value : value + new decimal(0, 0, 0, false, (byte)decimals);
}
