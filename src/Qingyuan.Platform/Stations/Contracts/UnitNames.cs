using System.Collections.Frozen;

namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>Spellings of the same unit. Nothing here turns one unit into another: no value is ever converted.</summary>
public static class UnitNames
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["毫克/升"] = "mg/l", ["微克/升"] = "ug/l", ["纳克/升"] = "ng/l", ["毫克/立方米"] = "mg/m3", ["微克/立方米"] = "ug/m3", ["纳克/立方米"] = "ng/m3", ["摄氏度"] = "degc", ["℃"] = "degc", ["°c"] = "degc",
        ["无量纲"] = "1", ["无"] = "1", ["-"] = "1", ["—"] = "1", ["/"] = "1", ["ph"] = "1", ["度"] = "degree", ["个/升"] = "count/l", ["升/秒"] = "l/s", ["立方米/小时"] = "m3/h", ["立方米/秒"] = "m3/s", ["米/秒"] = "m/s", ["千帕"] = "kpa",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Mass in a volume, which is never below nothing.</summary>
    public static bool IsConcentration(string? unit) => Plain(unit) is "g/l" or "mg/l" or "ug/l" or "ng/l" or "g/m3" or "mg/m3" or "ug/m3" or "ng/m3";

    /// <summary>The spelling by which units are compared; <c>1</c> for none.</summary>
    public static string Plain(string? unit)
    {
        if (string.IsNullOrWhiteSpace(unit)) return "1";
        var remark = unit.IndexOf(" (", StringComparison.Ordinal);
        var text = (remark > 0 ? unit[..remark] : unit).Replace(" ", "", StringComparison.Ordinal).Replace('³', '3').Replace('²', '2').Replace('μ', 'u').Replace('µ', 'u').Replace('／', '/').ToLowerInvariant();
        return Words.GetValueOrDefault(text, text);
    }
}
