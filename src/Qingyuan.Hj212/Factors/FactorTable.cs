using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Factors;

/// <summary>The factor codes (监测因子编码) of the three editions, read once from the table embedded in this library. Immutable; threads may share it.</summary>
public static class FactorTable
{
    /// <summary>All rows, in the order of the table. The standard prints two codes twice, so a code is not quite a key.</summary>
    public static IReadOnlyList<Factor> All { get; } = [.. FactorCsv.Read().Select(Row)];

    private static readonly FrozenDictionary<string, Factor> ByCode =
        All.GroupBy(factor => factor.Code, StringComparer.Ordinal).ToFrozenDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);

    /// <summary>Codes of 2005 that 2017's table names as the former ones: some of them have no row of their own.</summary>
    private static readonly FrozenDictionary<string, string> Pairs2005 =
        All.Where(factor => factor is { Edition: Edition.V2017, PairedCode: not null }).DistinctBy(factor => factor.PairedCode).ToFrozenDictionary(factor => factor.PairedCode!, factor => factor.Code, StringComparer.Ordinal);

    /// <summary>The row of a code as it comes over the wire: also <c>e10102</c>, which the table has as <c>e101xx</c>.</summary>
    public static bool TryGet(string code, [NotNullWhen(true)] out Factor? factor)
    {
        ArgumentNullException.ThrowIfNull(code);
        return ByCode.TryGetValue(code, out factor)
            || (code.Length == 6 && (ByCode.TryGetValue(code[..5] + "x", out factor) || ByCode.TryGetValue(code[..4] + "xx", out factor)));
    }

    /// <summary>All rows of a code as it comes over the wire: two of the two process codes the standard prints twice, one of a known one, else none.</summary>
    public static IEnumerable<Factor> AllOf(string code) => TryGet(code, out var first) ? All.Where(factor => factor.Code == first.Code) : [];

    /// <summary>The six-character code of 2017 for a code of 2005: <c>w01018</c> for <c>011</c>, <c>a21026</c> for <c>02</c>. Null when the code is not one of 2005 or has no pair.</summary>
    /// <remarks>The units of some metals differ between the two (mg/L and ug/L): mapping a code maps no value.</remarks>
    public static string? Map2005To2017(string code) => Pair(code, from: Edition.V2005) ?? Pairs2005.GetValueOrDefault(code);

    /// <summary>The reverse of <see cref="Map2005To2017"/>.</summary>
    public static string? Map2017To2005(string code) => Pair(code, from: Edition.V2017);

    private static string? Pair(string code, Edition from) =>
        ByCode.TryGetValue(code, out var factor) && factor.Edition == from ? factor.PairedCode : null;

    private static Factor Row(string[] cell)
    {
        var (medium, edition) = Medium(cell[5]);
        return new(cell[0], cell[1], cell[2], OrNull(cell[3]), OrNull(cell[4]), medium, edition, cell[6], OrNull(cell[7]), OrNull(cell[8]), cell[9]);
    }

    private static string? OrNull(string cell) => cell.Length == 0 ? null : cell;

    private static (FactorMedium Medium, Edition Edition) Medium(string cell) => cell switch
    {
        "water" => (FactorMedium.Water, Edition.V2017),
        "water-2005" => (FactorMedium.Water, Edition.V2005),
        "air" => (FactorMedium.Air, Edition.V2017),
        "air-2005" => (FactorMedium.Air, Edition.V2005),
        "noise" => (FactorMedium.Noise, Edition.V2017),
        "noise-2005" => (FactorMedium.Noise, Edition.V2005),
        "process-water" => (FactorMedium.ProcessWater, Edition.V2017),
        "process-gas" => (FactorMedium.ProcessGas, Edition.V2017),
        "info" => (FactorMedium.Information, Edition.V2017),
        "info-2025" => (FactorMedium.Information, Edition.V2025),
        "condition-2025" => (FactorMedium.Condition, Edition.V2025),
        "electricity-2025" => (FactorMedium.Electricity, Edition.V2025),
        _ => throw new InvalidDataException($"The factor table has a medium nobody knows: {cell}."),
    };
}
