using System.Text.Json.Nodes;
using Qingyuan.SampleSite.Outlets;
using Qingyuan.SampleSite.Platform;

namespace Qingyuan.SampleSite.Story;

/// <summary>The sample technician and the sample QC manager work DA003's leak order through the API, step by step, and end the leak.</summary>
internal sealed class LeakRepair(Outlet outlet, Script script, PlatformApi technician, PlatformApi manager, TimeProvider clock)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(3);

    public async Task RunAsync(CancellationToken ct)
    {
        var order = await WaitForOrderAsync(ct);
        await StepAsync(order, "accept", [], 8, ct);
        await StepAsync(order, "arrive", new() { ["note"] = "样例：到场，站房内 23.6 ℃，无异味" }, 12, ct);
        await StepAsync(order, "diagnose", new() { ["cause"] = "sampling-line-leak", ["note"] = "样例：探头法兰处采样管路漏气，O2 向空气值靠近，SO2、NOx 同比例下降" }, 12, ct);
        await StepAsync(order, "repair", new() { ["action"] = "更换 O 形圈", ["part"] = "O 形圈 Φ16", ["quantity"] = "1", ["note"] = "样例：更换后保压 5 min 无下降" }, 5, ct);
        script.LeakEnds = clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime;
        await StepAsync(order, "test", new() { ["test"] = "全系统通标气", ["result"] = "pass", ["note"] = "样例：探头端通标气，SO2 97.9 / 100.0 mg/m3，示值正常" }, 15, ct);
        await StepAsync(order, "submit", new() { ["note"] = "样例：恢复正常，提交复核" }, 5, ct);
        await Task.Delay(TimeSpan.FromSeconds(10), clock, ct);
        await manager.ActAsync(order, "review", new() { ["result"] = "pass", ["note"] = "样例：质控复核通过" }, ct);
        await manager.ActAsync(order, "close", [], ct);
    }

    private async Task StepAsync(string order, string act, JsonObject fields, int seconds, CancellationToken ct)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), clock, ct);
        await technician.ActAsync(order, act, fields, ct);
    }

    private async Task<string> WaitForOrderAsync(CancellationToken ct)
    {
        while (true)
        {
            foreach (var order in await technician.OrdersAsync(ct))
            {
                if (order["mn"]?.GetValue<string>() == outlet.Mn && order["kind"]?.GetValue<string>() == "suspected-fault" && order["state"]?.GetValue<string>() == "dispatched")
                    return order["id"]!.GetValue<string>();
            }

            await Task.Delay(Poll, clock, ct);
        }
    }
}
