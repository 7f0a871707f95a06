using System.Globalization;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Stations by MN, else by a name that only one of them has. One look at the archive for a whole file.</summary>
internal sealed class StationLookup(IStationDirectory stations)
{
    private readonly ILookup<string, StationInfo> _byName = stations.Filed.ToLookup(station => station.Name, StringComparer.Ordinal);

    public StationInfo? Find(string text, RowFaults faults)
    {
        if (text.Length is 0) faults.Add("station", "row.missing");
        else if (stations.Find(text) is { } station) return station;
        else
        {
            var named = _byName[text].ToArray();
            if (named.Length is 1) return named[0];
            if (named.Length is 0) faults.Add("station", "row.station-unknown", text);
            else faults.Add("station", "row.station-ambiguous", text, named.Length.ToString(CultureInfo.InvariantCulture));
        }

        return null;
    }
}
