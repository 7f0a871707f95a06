namespace Qingyuan.Platform.Stations.Contracts;

/// <summary>Units as they are printed for people. They are filed in plain letters, and stay so wherever a program reads them.</summary>
public static class UnitText
{
    /// <summary><c>℃</c> for <c>degC</c>, <c>mg/m³</c> for <c>mg/m3</c>; nothing for <c>1</c>, the unit of what has none.</summary>
    public static string Printed(string filed)
    {
        ArgumentNullException.ThrowIfNull(filed);
        return filed switch
        {
            "1" => "",
            "degC" => "℃",
            _ => filed.Replace("m3", "m³", StringComparison.Ordinal).Replace("ug/", "μg/", StringComparison.Ordinal),
        };
    }
}
