using System.Text.Json.Nodes;
using Qingyuan.SampleSite.Series;
using Qingyuan.SampleSite.Story;

namespace Qingyuan.SampleSite.Outlets;

/// <summary>DA001: gas turbine, limit 50 mg/m³ NOx at 15 % oxygen.</summary>
internal sealed class GasTurbineStack(Script script) : Outlet
{
    private const decimal ReferenceOxygen = 15m;

    public override string Mn => "010000A8900016F0000D0001";

    public override string Name => "燃机排放口";

    public override string System => "31";

    public override IReadOnlyList<Measured> At(DateTime wall)
    {
        var load = PublicSeries.GasTurbine.At("energy_yield_mwh", wall);
        var oxygen = 14.3m - ((load - 12m) * 0.08m) + (0.03m * Ripple.At("o2", wall));
        var nox = Nox(wall) + (0.25m * Ripple.At("nox", wall));
        var co = PublicSeries.GasTurbine.At("co_mg_m3", wall) + (0.02m * Ripple.At("co", wall));
        var velocity = 16.5m + ((load - 12m) * 0.9m) + (0.12m * Ripple.At("v", wall));
        return
        [
            new("a21002", Measure(nox, oxygen), 1, Converted: nox),
            new("a21005", Measure(co, oxygen), 2, Converted: co),
            new("a19001", oxygen, 2),
            new("a01012", 88m + (PublicSeries.GasTurbine.At("ambient_temperature_c", wall) * 0.3m) + (0.2m * Ripple.At("t", wall)), 1),
            new("a01013", -0.12m + ((PublicSeries.GasTurbine.At("ambient_pressure_mbar", wall) - 1013m) * 0.001m), 3),
            new("a01014", 6.5m + (PublicSeries.GasTurbine.At("ambient_humidity_pct", wall) * 0.012m) + (0.05m * Ripple.At("h", wall)), 2),
            new("a01011", velocity, 2),
            new("a00000", velocity * 12.6m * 0.72m, 1),
        ];
    }

    public override JsonObject Filing() => new()
    {
        ["mn"] = Mn,
        ["name"] = Name,
        ["kind"] = "gas",
        ["edition"] = 2017,
        ["password"] = Password,
        ["isSample"] = true,
        ["dischargerCode"] = "sample-energy",
        ["dischargerName"] = "样例能源有限公司",
        ["outlet"] = "DA001",
        ["permitNo"] = "样例-91310000MA1SAMPLE1001P",
        ["industry"] = "燃气轮机",
        ["longitude"] = "108.3912",
        ["latitude"] = "22.8421",
        ["datum"] = "wgs84",
        ["flags"] = "hj212",
        ["referenceOxygen"] = "15",
        ["realtimeSeconds"] = 30,
        ["minuteInterval"] = 1,
        ["factors"] = new JsonArray(
            Factor("a21002", "氮氧化物", "Nitrogen oxides", "mg/m3", 1, "NOx/CO 分析仪", Limit("hourly-converted", "50", "样例许可证"), rangeUpper: "200"),
            Factor("a21005", "一氧化碳", "Carbon monoxide", "mg/m3", 2, "NOx/CO 分析仪", rangeUpper: "100"),
            Factor("a19001", "氧气含量", "Oxygen", "%", 2, "O2 分析仪", rangeUpper: "25"),
            Factor("a01012", "烟气温度", "Flue gas temperature", "degC", 1, "温压流一体机"),
            Factor("a01013", "烟气压力", "Flue gas pressure", "kPa", 3, "温压流一体机"),
            Factor("a01014", "烟气湿度", "Flue gas humidity", "%", 2, "湿度仪"),
            Factor("a01011", "烟气流速", "Flue gas velocity", "m/s", 2, "温压流一体机"),
            Factor("a00000", "废气流量", "Exhaust gas flow", "m3/s", 1, "温压流一体机")),
    };

    private static decimal Measure(decimal converted, decimal oxygen) => converted * (21m - oxygen) / (21m - ReferenceOxygen);

    private decimal Nox(DateTime wall)
    {
        if (wall >= script.ExceedanceHour && wall < script.ExceedanceHour.AddHours(1)) return 56m;
        var quiet = PublicSeries.GasTurbine.At("nox_mg_m3", wall) * 0.72m;
        var (from, top, down) = script.Climb;
        if (wall <= from || wall >= down) return quiet;
        var share = wall <= top ? Ramp(wall, from, top) : 1m - Ramp(wall, down.AddMinutes(-10), down);
        return quiet + ((48.8m - quiet) * share);
    }
}
