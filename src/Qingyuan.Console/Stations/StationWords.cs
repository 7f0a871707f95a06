using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Stations;

/// <summary>What a station is called where there is one line for it.</summary>
internal static class StationWords
{
    /// <summary>Outlet and name; a name that begins with its outlet is not said twice.</summary>
    public static string Title(this StationInfo station) =>
        station.Name.StartsWith(station.Outlet, StringComparison.OrdinalIgnoreCase) ? station.Name : $"{station.Outlet} {station.Name}";

    /// <summary>Arguments of a sentence with the factors' names in place of their codes.</summary>
    public static IReadOnlyDictionary<string, string> Named(IReadOnlyDictionary<string, string> args, StationInfo? station)
    {
        if (station is null) return args;
        var named = new Dictionary<string, string>(args);
        if (args.TryGetValue("factor", out var code)) named["factor"] = FactorWords.Name(station, code);
        if (args.TryGetValue("evidence", out var evidence)) named["evidence"] = station.Factors.Aggregate(evidence, (text, factor) => text.Replace(factor.Code, FactorWords.Name(station, factor.Code), StringComparison.Ordinal));
        return named;
    }
}
