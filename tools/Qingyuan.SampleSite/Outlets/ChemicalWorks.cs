using System.Text.Json.Nodes;
using Qingyuan.SampleSite.Series;
using Qingyuan.SampleSite.Story;

namespace Qingyuan.SampleSite.Outlets;

/// <summary>DW002: chemical works that discharges now and then, with a logger of 2005 shape: no QN, no Flag, three-digit codes.</summary>
internal sealed class ChemicalWorks(Script script) : Outlet
{
    private static readonly TimeSpan Cycle = TimeSpan.FromHours(1);
    private static readonly TimeSpan Analysis = TimeSpan.FromMinutes(35);

    public override string Mn => "88888880000002";

    public override string Name => "化工外排口";

    public override string System => "32";

    public override int Edition => 2005;

    public override int MinuteInterval => 10;

    public override IReadOnlyList<Measured> At(DateTime wall)
    {
        var sampled = new DateTime((wall - Analysis).Ticks / Cycle.Ticks * Cycle.Ticks);
        var river = PublicSeries.River;
        return
        [
            new("011", 38m + (river.At("turbidity_ntu", sampled) * 0.6m), 1),
            new("060", 2.4m + ((river.At("conductivity_us_cm", sampled) - 295m) * 0.03m), 2),
            new("001", river.At("ph", wall) - 0.9m + (0.01m * Ripple.At("c-ph", wall)), 2),
            new("B01", Discharging(wall) ? 11.4m + (0.3m * Ripple.At("c-flow", wall)) : 0m, 2),
        ];
    }

    public override bool LinkDown(DateTime wall) =>
        (wall >= script.PastOutage.From && wall < script.PastOutage.To) || (wall >= script.LiveOutage.From && wall < script.LiveOutage.To);

    public override JsonObject Filing() => new()
    {
        ["mn"] = Mn,
        ["name"] = Name,
        ["kind"] = "water",
        ["edition"] = 2005,
        ["password"] = Password,
        ["isSample"] = true,
        ["dischargerCode"] = "sample-chemical",
        ["dischargerName"] = "样例化工有限公司",
        ["outlet"] = "DW002",
        ["permitNo"] = "样例-91310000MA1SAMPLE5001P",
        ["industry"] = "化工",
        ["longitude"] = "108.6248",
        ["latitude"] = "21.9507",
        ["datum"] = "wgs84",
        ["realtimeSeconds"] = 30,
        ["minuteInterval"] = 10,
        ["factors"] = new JsonArray(
            Factor("w01018", "化学需氧量", "COD", "mg/L", 1, "COD 分析仪", Limit("hourly-mean", "80", "样例许可证"), 60, "300"),
            Factor("w21003", "氨氮", "Ammonia nitrogen", "mg/L", 2, "氨氮分析仪", Limit("hourly-mean", "10", "样例许可证"), 60, "50"),
            Factor("w01001", "pH值", "pH", "1", 2, "pH 计", Range("hourly-mean", "6", "9", "样例许可证")),
            Factor("w00000", "污水流量", "Wastewater flow", "L/s", 2, "电磁流量计")),
    };

    /// <summary>Two shifts with a break: 08–12 and 14–20.</summary>
    private static bool Discharging(DateTime wall) => wall.Hour is (>= 8 and < 12) or (>= 14 and < 20);
}
