using System.Globalization;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Stations;

/// <summary>Names of factors in the reader's language.</summary>
internal static class FactorWords
{
    public static string Name(FactorSetting factor) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is "zh" ? factor.NameZh : factor.NameEn;

    public static string Name(StationInfo station, string code) =>
        station.Factors.FirstOrDefault(factor => factor.Code == code) is { } known ? Name(known) : code;

    public static string Unit(StationInfo station, string code) => Unit(station.Factors.FirstOrDefault(factor => factor.Code == code)?.Unit ?? "");

    public static string Unit(string filed) => UnitText.Printed(filed);
}
