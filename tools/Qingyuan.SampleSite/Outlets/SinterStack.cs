using System.Globalization;
using System.Text.Json.Nodes;
using Qingyuan.SampleSite.Series;
using Qingyuan.SampleSite.Story;

namespace Qingyuan.SampleSite.Outlets;

/// <summary>DA003: sinter stack, limits 10 / 35 / 50 mg/m³ for particulates, SO2, NOx at 16 % oxygen. Shaped: no public series of one is known.</summary>
internal sealed class SinterStack(Script script) : Outlet
{
    private const decimal Oxygen = 16m;
    private const decimal LeakOxygen = 19.8m;
    private const decimal AirOxygen = 20.9m;

    public override string Mn => "010000A8900016F0000D0003";

    public override string Name => "烧结机头排放口";

    public override string System => "31";

    public override IReadOnlyList<Measured> At(DateTime wall)
    {
        var load = 1m + ((PublicSeries.GasTurbine.At("energy_yield_mwh", wall) - 12.3m) * 0.05m);
        var slow = PublicSeries.GasTurbine.At("co_mg_m3", wall) - 1.3m;
        var air = Leak(wall) * (LeakOxygen - Oxygen) / (AirOxygen - Oxygen);
        var oxygen = ((Oxygen + (0.08m * Ripple.At("s-o2", wall))) * (1 - air)) + (AirOxygen * air);
        var so2 = (24m + (slow * 1.1m) + (0.5m * Ripple.At("s-so2", wall))) * load * (1 - air);
        var nox = (37m - (slow * 0.9m) + (0.6m * Ripple.At("s-nox", wall))) * load * (1 - air);
        var dust = (4.2m + (slow * 0.2m) + (0.12m * Ripple.At("s-pm", wall))) * load;
        var checking = wall >= script.GasCheck.From && wall < script.GasCheck.To;
        if (checking) (so2, nox, oxygen) = CheckGas(wall);
        var mark = checking ? "C" : "N";
        var velocity = (13.8m * load) + (0.1m * Ripple.At("s-v", wall));
        return
        [
            new("a34013", dust, 1, Converted: Convert(dust, oxygen)),
            new("a21026", so2, 1, mark, Convert(so2, oxygen)),
            new("a21002", nox, 1, mark, Convert(nox, oxygen)),
            new("a19001", oxygen, 2, mark),
            new("a01012", 118m + (slow * 0.8m) + (0.3m * Ripple.At("s-t", wall)), 1),
            new("a01013", -0.21m + (0.004m * Ripple.At("s-p", wall)), 3),
            new("a01014", 6.9m + (0.06m * Ripple.At("s-h", wall)), 2),
            new("a01011", velocity, 2),
            new("a00000", velocity * 21.5m * 0.65m, 1),
        ];
    }

    /// <summary>The check's results: zero drift +0.3 %, span drift −1.8 % of the range of 100, both within ±2.5 %.</summary>
    public override IEnumerable<(DateTime At, string Command, string Area)> Events(DateTime from, DateTime to)
    {
        var done = script.GasCheck.To;
        if (done <= from || done > to) yield break;
        var stamp = done.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        yield return (done, "2062", $"DataTime={stamp};a21026-SampleRd=0.3,a21026-StandardValue=0.0,a21026-ResultType=1");
        yield return (done.AddSeconds(1), "2062", $"DataTime={stamp[..13]}1;a21026-SampleRd=98.2,a21026-StandardValue=100.0,a21026-ResultType=1");
        yield return (done.AddSeconds(2), "3020", $"DataTime={stamp};PolId=a21026;i11001-Info=//自动零点、量程核查完成//");
    }

    public override JsonObject Filing() => new()
    {
        ["mn"] = Mn,
        ["name"] = Name,
        ["kind"] = "gas",
        ["edition"] = 2017,
        ["password"] = Password,
        ["isSample"] = true,
        ["dischargerCode"] = "sample-steel",
        ["dischargerName"] = "样例钢铁有限公司",
        ["outlet"] = "DA003",
        ["permitNo"] = "样例-91310000MA1SAMPLE3001P",
        ["industry"] = "烧结",
        ["longitude"] = "109.4286",
        ["latitude"] = "24.3262",
        ["datum"] = "wgs84",
        ["flags"] = "hj212",
        ["referenceOxygen"] = "16",
        ["realtimeSeconds"] = 30,
        ["minuteInterval"] = 1,
        ["factors"] = new JsonArray(
            Factor("a34013", "颗粒物", "Particulate matter", "mg/m3", 1, "颗粒物分析仪", Limit("hourly-converted", "10", "样例许可证"), rangeUpper: "50"),
            Factor("a21026", "二氧化硫", "Sulfur dioxide", "mg/m3", 1, "SO2/NOx 分析仪", Limit("hourly-converted", "35", "样例许可证"), rangeUpper: "100"),
            Factor("a21002", "氮氧化物", "Nitrogen oxides", "mg/m3", 1, "SO2/NOx 分析仪", Limit("hourly-converted", "50", "样例许可证"), rangeUpper: "200"),
            Factor("a19001", "氧气含量", "Oxygen", "%", 2, "O2 氧化锆", rangeUpper: "25"),
            Factor("a01012", "烟气温度", "Flue gas temperature", "degC", 1, "温压流一体机"),
            Factor("a01013", "烟气压力", "Flue gas pressure", "kPa", 3, "温压流一体机"),
            Factor("a01014", "烟气湿度", "Flue gas humidity", "%", 2, "湿度仪"),
            Factor("a01011", "烟气流速", "Flue gas velocity", "m/s", 2, "温压流一体机"),
            Factor("a00000", "废气流量", "Exhaust gas flow", "m3/s", 1, "温压流一体机")),
    };

    private static decimal Convert(decimal value, decimal oxygen) => oxygen >= 20.9m ? value : value * (21m - Oxygen) / (21m - oxygen);

    private decimal Leak(DateTime wall)
    {
        var open = Ramp(wall, script.LeakBegins, script.LeakFull);
        return script.LeakEnds is { } end ? open * (1 - Ramp(wall, end, end.AddSeconds(40))) : open;
    }

    /// <summary>First half zero gas, second half span gas.</summary>
    private (decimal So2, decimal Nox, decimal Oxygen) CheckGas(DateTime wall)
    {
        var half = script.GasCheck.From.AddTicks((script.GasCheck.To - script.GasCheck.From).Ticks / 2);
        return wall < half
            ? (0.3m + (0.1m * Ripple.At("z1", wall)), 0.4m + (0.1m * Ripple.At("z2", wall)), 0.1m)
            : (98.2m + (0.2m * Ripple.At("z3", wall)), 1.1m + (0.1m * Ripple.At("z4", wall)), 0.1m);
    }
}
