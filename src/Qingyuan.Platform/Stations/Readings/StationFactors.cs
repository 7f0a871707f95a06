using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Readings;

internal static class StationFactors
{
    public static FactorSetting? Factor(this StationInfo station, string code) => station.Factors.FirstOrDefault(factor => factor.Code == code);
}
