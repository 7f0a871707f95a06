using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Stations;

/// <summary>What a station is called where there is one line for it.</summary>
internal static class StationWords
{
    /// <summary>Outlet and name; a name that begins with its outlet is not said twice.</summary>
    public static string Title(this StationInfo station) =>
        station.Name.StartsWith(station.Outlet, StringComparison.OrdinalIgnoreCase) ? station.Name : $"{station.Outlet} {station.Name}";

    /// <summary>Arguments of a sentence with the factor's name in place of its code.</summary>
    public static IReadOnlyDictionary<string, string> Named(IReadOnlyDictionary<string, string> args, StationInfo? station) =>
        station is null || !args.TryGetValue("factor", out var code) ? args : new Dictionary<string, string>(args) { ["factor"] = FactorWords.Name(station, code) };
}
