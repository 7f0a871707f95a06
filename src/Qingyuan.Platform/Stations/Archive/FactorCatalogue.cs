using System.Collections.Frozen;
using System.Globalization;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>Names, units and decimals of common factors as HJ 212-2017 appendix B lists them, and which ones a kind of station usually reports.</summary>
internal static class FactorCatalogue
{
    private static readonly FrozenDictionary<string, FactorSetting> Known = Load();

    private static readonly string[] UsualGas = ["a34013", "a21026", "a21002", "a19001", "a01012", "a01013", "a01014", "a01011", "a00000"];
    private static readonly string[] UsualWater = ["w01018", "w21003", "w21011", "w21001", "w01001", "w00000"];

    /// <summary>What a station of this kind reports when nothing else was filed. Without limits: those come from the permit.</summary>
    public static IReadOnlyList<FactorSetting> Usual(StationKind kind) =>
        [.. (kind is StationKind.Gas ? UsualGas : UsualWater).Select(code => Known[code])];

    public static FactorSetting? Find(string code) => Known.GetValueOrDefault(code);

    private static FrozenDictionary<string, FactorSetting> Load()
    {
        using var stream = typeof(FactorCatalogue).Assembly.GetManifestResourceStream(typeof(FactorCatalogue), "Factors.csv")
            ?? throw new InvalidOperationException("Factors.csv is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Skip(1).Select(Parse).ToFrozenDictionary(factor => factor.Code);
    }

    private static FactorSetting Parse(string line) => line.Split(',') is [var code, var zh, var en, var unit, var decimals]
        ? new FactorSetting(code, zh, en, unit, int.Parse(decimals, CultureInfo.InvariantCulture), null, null, null, null)
        : throw new InvalidDataException($"Factors.csv: '{line}'.");
}
