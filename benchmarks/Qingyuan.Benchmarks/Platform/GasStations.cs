using System.Globalization;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Benchmarks.Platform;

/// <summary>Stacks filed as the sample site files its sinter stack: limits at 16 % oxygen on three pollutants, ranges, analysers.</summary>
internal static class GasStations
{
    private static readonly FactorSetting[] Factors =
    [
        Factor("a34013", "颗粒物", "Particulate matter", "mg/m3", 1, "颗粒物分析仪", 10m, 50m),
        Factor("a21026", "二氧化硫", "Sulfur dioxide", "mg/m3", 1, "SO2/NOx 分析仪", 35m, 100m),
        Factor("a21002", "氮氧化物", "Nitrogen oxides", "mg/m3", 1, "SO2/NOx 分析仪", 50m, 200m),
        Factor("a21005", "一氧化碳", "Carbon monoxide", "mg/m3", 2, "CO 分析仪", null, 100m),
        Factor("a19001", "氧气含量", "Oxygen", "%", 2, "O2 氧化锆", null, 25m),
        Factor("a01012", "烟气温度", "Flue gas temperature", "degC", 1, "温压流一体机"),
        Factor("a01013", "烟气压力", "Flue gas pressure", "kPa", 3, "温压流一体机"),
        Factor("a01014", "烟气湿度", "Flue gas humidity", "%", 2, "湿度仪"),
        Factor("a01011", "烟气流速", "Flue gas velocity", "m/s", 2, "温压流一体机"),
        Factor("a00000", "废气流量", "Exhaust gas flow", "m3/s", 1, "温压流一体机"),
    ];

    public static StationDraft Draft(int station) =>
        new(GasFrame.Mn(station), string.Create(CultureInfo.InvariantCulture, $"烧结机头排放口 {station}"), StationKind.Gas, 2017, "123456")
        {
            DischargerCode = "sample-steel", DischargerName = "样例钢铁有限公司", Outlet = "DA003", PermitNo = "样例-91310000MA1SAMPLE3001P", Industry = "烧结",
            ReferenceOxygen = 16m, RealtimeSeconds = 30, MinuteInterval = 1, Factors = Factors,
        };

    private static FactorSetting Factor(string code, string zh, string en, string unit, int decimals, string analyser, decimal? upper = null, decimal? range = null) => new(
        code, zh, en, unit, decimals, upper is null ? null : new EmissionLimit(upper, null, null, LimitBasis.HourlyConverted, "样例许可证"), null, range, analyser);
}
