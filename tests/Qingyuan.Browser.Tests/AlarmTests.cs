using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class AlarmTests(Installation installation)
{
    [Fact]
    [Requirement("R-5.5.1-3")]
    public async Task An_alarm_appears_by_push_and_is_acknowledged_with_a_note_on_the_ledger()
    {
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync("/alarms");

        // The analyser says itself that it is faulty.
        var wall = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime;
        await installation.Logger.SendRealtimeAsync(wall, ["a19001-Rtd=15.02,a19001-Flag=D"]);
        var row = page.Locator("tbody tr").Filter(new() { HasText = "设备故障" });
        await Assertions.Expect(row).ToBeVisibleAsync();

        await row.GetByRole(AriaRole.Button, new() { Name = "确认" }).ClickAsync();
        await page.GetByLabel("备注").FillAsync("已通知检修");
        await page.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "确认", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("已确认 · dispatcher");
        await page.KeepAsync("alarms-zh");

        var entry = page.Locator("tbody tr").Filter(new() { HasText = "告警确认" });
        await page.VisitUntilAsync("/ledger?kind=alarm.", entry.Filter(new() { HasText = "已入账" })); // sealed within a second or so; until then there is nothing to verify
        await entry.GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "校验", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("全部通过");
        await page.KeepAsync("verified-zh");
    }
}
