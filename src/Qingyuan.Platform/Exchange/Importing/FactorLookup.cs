using System.Collections.Frozen;
using Qingyuan.Hj212.Factors;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Factors by what people call them: a code of any edition, or a Chinese or English name of the tables of HJ 212.</summary>
internal static class FactorLookup
{
    private static readonly FrozenDictionary<string, Factor[]> ByName = FactorTable.All
        .SelectMany(factor => Names(factor).Select(name => (Name: Plain(name), Factor: factor)))
        .Where(each => each.Name.Length > 0).GroupBy(each => each.Name, each => each.Factor, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Distinct().ToArray(), StringComparer.Ordinal);

    /// <summary>The code of 2017 (of the table's edition where it has no pair); null when <paramref name="text"/> names none or several, and then <paramref name="faults"/> says which.</summary>
    public static string? Find(string text, StationInfo? station, RowFaults faults)
    {
        if (text.Length is 0) faults.Add("factor", "row.missing");
        else
        {
            var codes = Codes(text, station);
            if (codes is [var code] && IsOfOther(code, station)) faults.Add("factor", "row.factor-other-medium", text);
            else if (codes.Length is 1) return codes[0];
            else if (codes.Length is 0) faults.Add("factor", "row.factor-unknown", text);
            else faults.Add("factor", "row.factor-ambiguous", text, string.Join("、", codes));
        }

        return null;
    }

    /// <summary>Name in the table, for people; the code where it has none.</summary>
    public static string Name(string code) => FactorTable.TryGet(code, out var factor) && factor.NameZh.Length > 0 ? factor.NameZh : code;

    /// <summary>Units the factor has: as filed for the station, and as the tables print them.</summary>
    public static IReadOnlyList<string> Units(string code, StationInfo station) =>
        [.. station.Factors.Where(factor => factor.Code == code).Select(factor => factor.Unit).Concat(FactorTable.AllOf(code).Select(factor => factor.Unit ?? "1")).Select(unit => unit.Length is 0 ? "1" : unit).DistinctBy(UnitNames.Plain)];

    private static string[] Codes(string text, StationInfo? station)
    {
        foreach (var code in (string[])[text, text.ToLowerInvariant()])
            if (FactorTable.Map2005To2017(code) is { } pair) return [pair];
            else if (FactorTable.TryGet(code, out _)) return [code];
        var own = station?.Factors.Where(factor => Plain(factor.NameZh) == Plain(text) || Plain(factor.NameEn) == Plain(text)).Select(factor => factor.Code).Distinct().ToArray() ?? [];
        if (own.Length is 1) return own;
        if (!ByName.TryGetValue(Plain(text), out var found)) return [];
        var codes = found.Where(factor => Fits(factor.Medium, station)).Select(factor => FactorTable.Map2005To2017(factor.Code) ?? factor.Code).Distinct().ToArray();
        var reported = codes.Where(code => station?.Factors.Any(factor => factor.Code == code) is true).ToArray();
        return reported.Length is 1 ? reported : codes;
    }

    /// <summary>A gas's factor at a water station or the other way round, unless it is filed there.</summary>
    private static bool IsOfOther(string code, StationInfo? station) =>
        station is not null && FactorTable.TryGet(code, out var factor) && !Fits(factor.Medium, station) && station.Factors.All(filed => filed.Code != code);

    private static bool Fits(FactorMedium medium, StationInfo? station) => station?.Kind switch
    {
        StationKind.Water => medium is not (FactorMedium.Air or FactorMedium.ProcessGas),
        StationKind.Gas => medium is not (FactorMedium.Water or FactorMedium.ProcessWater),
        _ => true,
    };

    /// <summary>The names, and those of <c>COD (chemical oxygen demand)</c> one by one.</summary>
    private static IEnumerable<string> Names(Factor factor)
    {
        yield return factor.NameZh;
        yield return factor.NameEn;
        if (factor.NameEn.IndexOf(" (", StringComparison.Ordinal) is > 0 and var open && factor.NameEn.EndsWith(')'))
        {
            yield return factor.NameEn[..open];
            yield return factor.NameEn[(open + 2)..^1];
        }
    }

    private static string Plain(string name) => name.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
