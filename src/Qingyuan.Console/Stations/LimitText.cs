using System.Globalization;
using Microsoft.Extensions.Localization;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Stations;

/// <summary>A limit as it is printed: <c>≤ 50 时均折算</c>, <c>6–9</c>, <c>≤ 5(8)</c>.</summary>
internal static class LimitText
{
    public static string Of(EmissionLimit limit, IStringLocalizer<Texts> words) => $"{Numbers(limit)} {words["basis." + limit.Basis]}";

    private static string Numbers(EmissionLimit limit) => limit switch
    {
        { Lower: { } low, Upper: { } high } => $"{Number(low)}–{Number(high)}",
        { Lower: { } low } => $"≥ {Number(low)}",
        { Upper: { } high, ColdUpper: { } cold } => $"≤ {Number(high)}({Number(cold)})",
        { Upper: { } high } => $"≤ {Number(high)}",
        _ => "—",
    };

    public static string Number(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
