using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Stations;

/// <summary>Whether a station is meant by what was typed: name, MN, outlet, discharger, permit or address, which names its region.</summary>
internal static class StationMatch
{
    public static bool Any(StationInfo station, string text) =>
        text.Length is 0 || new[] { station.Name, station.Mn, station.Outlet, station.DischargerName, station.DischargerCode, station.PermitNo, station.Address }
            .Any(value => value?.Contains(text, StringComparison.OrdinalIgnoreCase) is true);
}
