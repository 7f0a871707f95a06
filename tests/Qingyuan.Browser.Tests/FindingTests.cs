using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class FindingTests(Installation installation)
{
    [Fact]
    public async Task Two_values_for_one_moment_are_seen_with_both_frames_at_hand()
    {
        var at = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime.Date.AddMinutes(1);
        await installation.Logger.SendRealtimeAsync(at, ["a21026-Rtd=7.1,a21026-Flag=N"]);
        await installation.Logger.SendRealtimeAsync(at.AddMilliseconds(5), ["a21026-Rtd=3.9,a21026-Flag=N"]);
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync("/alarms");
        await page.GetByRole(AriaRole.Link, new() { Name = "发现" }).ClickAsync();
        await page.ArriveAsync("/findings");
        var row = page.Locator("main tbody tr").Filter(new() { HasText = "数值矛盾" }).Filter(new() { HasText = "00:01" }).First; // others' frames may contradict one another as well
        await page.VisitUntilAsync("/findings", row);
        await Assertions.Expect(row).ToContainTextAsync(Installation.StationName);
        await page.AssertAccessibleAsync();
        await page.KeepAsync("findings-zh");
        await row.GetByRole(AriaRole.Button, new() { Name = "报文 2" }).ClickAsync();
        await Assertions.Expect(page.Locator(".mud-dialog")).ToContainTextAsync("a21026-Rtd=3.9");
    }
}
