using System.Collections.Frozen;

namespace Qingyuan.Platform.Stations.Archive.Importing;

/// <summary>What people write in a cell, as the API's own word for it.</summary>
internal static class StationWords
{
    private static readonly FrozenDictionary<string, string> Kinds = Words(("gas", ["废气", "烟气", "有组织废气", "气"]), ("water", ["废水", "污水", "水"]));
    private static readonly FrozenDictionary<string, string> Networks = Words(("wired", ["有线", "宽带"]), ("mobile", ["无线", "移动", "移动网络", "4G", "5G"]), ("dedicated", ["专线", "专网", "VPN"]));
    private static readonly FrozenDictionary<string, string> Datums = Words(("wgs84", ["WGS-84", "WGS 84"]), ("gcj02", ["GCJ-02", "高德", "国测局坐标"]));

    private static readonly string[] Editions = ["2005", "2017", "2025"];

    public static string Of(string member, string text) => member switch
    {
        "kind" => Kinds.GetValueOrDefault(text, text),
        "network" => Networks.GetValueOrDefault(text, text),
        "datum" => Datums.GetValueOrDefault(text, text),
        "edition" => Edition(text),
        _ => text,
    };

    // HJ 212-2017, HJ/T 212-2005, 2025版
    private static string Edition(string text)
    {
        var years = Editions.Where(year => text.Contains(year, StringComparison.Ordinal)).ToArray();
        return years is [var only] ? only : text;
    }

    private static FrozenDictionary<string, string> Words(params (string Word, string[] Said)[] words) =>
        words.SelectMany(word => word.Said.Append(word.Word).Select(said => (said, word.Word))).ToFrozenDictionary(each => each.said, each => each.Word, StringComparer.OrdinalIgnoreCase);
}
