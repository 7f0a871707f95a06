using System.Globalization;
using System.Text.Json.Nodes;
using Qingyuan.SampleSite.Series;
using Qingyuan.SampleSite.Story;

namespace Qingyuan.SampleSite.Outlets;

/// <summary>DW001: municipal sewage works, judged by the daily mean: COD 50, NH3-N 5 (8 in cold water), TP 0.5, TN 15.</summary>
internal sealed class SewageWorks(Script script) : Outlet
{
    /// <summary>The analysers draw a sample every two hours and show its result forty minutes later.</summary>
    private static readonly TimeSpan Cycle = TimeSpan.FromHours(2);
    private static readonly TimeSpan Analysis = TimeSpan.FromMinutes(40);

    public override string Mn => "010000A8900016F0000E0001";

    public override string Name => "污水总排口";

    public override string System => "32";

    public override int MinuteInterval => 10;

    public override IReadOnlyList<Measured> At(DateTime wall)
    {
        var sampled = new DateTime((wall - Analysis).Ticks / Cycle.Ticks * Cycle.Ticks);
        var flowing = wall < script.ZeroFlow.From || wall >= script.ZeroFlow.To;
        var checking = InCheck(wall);
        var river = PublicSeries.River;
        // The river is calmer than an analyser: each cycle has the unrest of its own measurement.
        return
        [
            new("w01018", 21m + (river.At("turbidity_ntu", sampled) * 0.28m) + (0.4m * Ripple.At("w-cod", sampled)), 1, checking ? "C" : "N", SampleTime: sampled),
            new("w21003", 1.1m + ((river.At("conductivity_us_cm", sampled) - 295m) * 0.02m) + (0.04m * Ripple.At("w-nh3n", sampled)), 2, SampleTime: sampled),
            new("w21011", 0.22m + (river.At("turbidity_ntu", sampled) * 0.003m) + (0.02m * Ripple.At("w-tp", sampled)), 2, SampleTime: sampled),
            new("w21001", 8.6m + ((river.At("conductivity_us_cm", sampled) - 295m) * 0.05m) + (0.15m * Ripple.At("w-tn", sampled)), 2, SampleTime: sampled),
            new("w01001", river.At("ph", wall) - 1.1m + (0.01m * Ripple.At("w-ph", wall)), 2),
            new("w01010", river.At("temperature_c", wall) + 6m, 1),
            new("w00000", flowing ? 182m + ((river.At("stage_cm", wall) - 80m) * 1.4m) + (1.2m * Ripple.At("w-flow", wall)) : 0m, 2),
        ];
    }

    /// <summary>Check at −11.4 %, recalibration, check at −0.8 % fifty minutes later.</summary>
    public override IEnumerable<(DateTime At, string Command, string Area)> Events(DateTime from, DateTime to)
    {
        (DateTime At, string Command, string Area)[] all =
        [
            (script.FailedCheck, "2062", $"DataTime={Stamp(script.FailedCheck)};w01018-SampleRd=44.3,w01018-StandardValue=50.0,w01018-ResultType=0"),
            (script.FailedCheck.AddMinutes(12), "3020", $"DataTime={Stamp(script.FailedCheck.AddMinutes(12))};PolId=w01018;i11001-Info=//核查不合格，启动自动校准//"),
            (script.PassedCheck, "2062", $"DataTime={Stamp(script.PassedCheck)};w01018-SampleRd=49.6,w01018-StandardValue=50.0,w01018-ResultType=1"),
            (script.PassedCheck.AddMinutes(1), "3020", $"DataTime={Stamp(script.PassedCheck.AddMinutes(1))};PolId=w01018;i11001-Info=//校准后核查合格//"),
        ];
        return all.Where(item => item.At > from && item.At <= to);
    }

    public override JsonObject Filing() => new()
    {
        ["mn"] = Mn,
        ["name"] = Name,
        ["kind"] = "water",
        ["edition"] = 2017,
        ["password"] = Password,
        ["isSample"] = true,
        ["dischargerCode"] = "sample-sewage",
        ["dischargerName"] = "样例城镇污水处理厂",
        ["outlet"] = "DW001",
        ["permitNo"] = "样例-91310000MA1SAMPLE4001V",
        ["industry"] = "城镇污水处理",
        ["longitude"] = "108.3327",
        ["latitude"] = "22.7985",
        ["datum"] = "wgs84",
        ["realtimeSeconds"] = 30,
        ["minuteInterval"] = 10,
        ["factors"] = new JsonArray(
            Factor("w01018", "化学需氧量", "COD", "mg/L", 1, "COD 分析仪", Limit("daily-mean", "50", "GB 18918 一级A（样例）"), 120, "200"),
            Factor("w21003", "氨氮", "Ammonia nitrogen", "mg/L", 2, "氨氮分析仪", Limit("daily-mean", "5", "GB 18918 一级A（样例）", "8"), 120, "20"),
            Factor("w21011", "总磷", "Total phosphorus", "mg/L", 2, "总磷分析仪", Limit("daily-mean", "0.5", "GB 18918 一级A（样例）"), 120, "2"),
            Factor("w21001", "总氮", "Total nitrogen", "mg/L", 2, "总氮分析仪", Limit("daily-mean", "15", "GB 18918 一级A（样例）"), 120, "50"),
            Factor("w01001", "pH值", "pH", "1", 2, "pH 计", Range("hourly-mean", "6", "9", "GB 18918（样例）")),
            Factor("w01010", "水温", "Water temperature", "degC", 1, "温度计"),
            Factor("w00000", "污水流量", "Wastewater flow", "L/s", 2, "超声波明渠流量计")),
    };

    private bool InCheck(DateTime wall) =>
        (wall >= script.FailedCheck.AddMinutes(-8) && wall < script.FailedCheck.AddMinutes(2))
        || (wall >= script.PassedCheck.AddMinutes(-8) && wall < script.PassedCheck.AddMinutes(2));

    private static string Stamp(DateTime wall) => wall.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}
