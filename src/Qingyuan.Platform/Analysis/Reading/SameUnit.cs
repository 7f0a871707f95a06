using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Analysis.Reading;

/// <summary>Values are thrown together only where their unit is the same: a mean of mg/m³ and μg/m³ is none.</summary>
internal static class SameUnit
{
    /// <summary>So many stations of a unit are named.</summary>
    private const int Named = 10;

    /// <summary>Null when all stations that have the factor file it in one unit; else the fault of <c>stations</c>, which names the units and whose they are.</summary>
    public static FieldFault? Refuse(IReadOnlyList<StationInfo> stations, string factor)
    {
        var units = stations
            .Select(station => (station.Mn, Unit: station.Factors.FirstOrDefault(each => each.Code == factor)?.Unit))
            .Where(each => each.Unit is not null)
            .GroupBy(each => UnitNames.Plain(each.Unit), StringComparer.Ordinal)
            .OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal)
            .ToList();
        return units.Count < 2 ? null : new("stations", new Fault(AnalysisTexts.All, "one-unit", string.Join("; ", units.Select(same => Say(same.First().Unit!, [.. same.Select(each => each.Mn)])))));
    }

    private static string Say(string unit, IReadOnlyList<string> mns) =>
        $"{(string.IsNullOrWhiteSpace(unit) ? "1" : unit)} ({string.Join(", ", mns.Take(Named))}{(mns.Count > Named ? ", …" : "")})";
}
