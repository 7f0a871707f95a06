using System.Globalization;
using System.Text.Json.Nodes;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>The ledger's picture of a station: texts only, no nulls, and of the password only a hint that it was set.</summary>
internal static class StationRecord
{
    public static JsonObject Of(StationRow station, string mn)
    {
        var record = new JsonObject
        {
            ["mn"] = mn,
            ["name"] = station.Name,
            ["kind"] = Lower(station.Kind),
            ["edition"] = Text(station.Edition),
            ["flags"] = Lower(station.Flags),
            ["sample"] = station.IsSample,
            ["network"] = Lower(station.Network),
            ["realtimeSeconds"] = Text(station.RealtimeSeconds),
            ["minuteInterval"] = Text(station.MinuteInterval),
            ["allowedNetworks"] = new JsonArray([.. station.AllowedNetworks.Select(network => JsonValue.Create(network))]),
            ["factors"] = new JsonArray([.. station.Factors.Select(Factor)]),
        };
        Put(record, ("dischargerCode", station.DischargerCode), ("dischargerName", station.DischargerName), ("outlet", station.Outlet), ("permitNo", station.PermitNo),
            ("industry", station.Industry), ("address", station.Address), ("technician", station.Technician), ("referenceOxygen", Text(station.ReferenceOxygen)),
            ("import", station.ImportId?.ToString()), ("longitude", Text(station.Longitude)), ("latitude", Text(station.Latitude)), ("datum", station.Datum is { } datum ? Lower(datum) : null));
        return record;
    }

    private static JsonObject Factor(FactorSetting factor)
    {
        var record = new JsonObject { ["code"] = factor.Code, ["unit"] = factor.Unit, ["decimals"] = Text(factor.Decimals) };
        Put(record, ("analyser", factor.Analyser), ("cycleMinutes", Text(factor.CycleMinutes)), ("rangeUpper", Text(factor.RangeUpper)), ("upper", Text(factor.Limit?.Upper)),
            ("lower", Text(factor.Limit?.Lower)), ("coldUpper", Text(factor.Limit?.ColdUpper)), ("basis", factor.Limit?.Basis.ToString()), ("source", factor.Limit?.Source));
        return record;
    }

    private static void Put(JsonObject record, params ReadOnlySpan<(string Name, string? Value)> members)
    {
        foreach (var (name, value) in members)
            if (!string.IsNullOrEmpty(value)) record[name] = value;
    }

    private static string? Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
