using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class DeviceTests(Installation installation)
{
    [Fact]
    public async Task A_changed_setting_stands_beside_its_filing_with_its_history_and_what_the_logger_does_wrong()
    {
        await installation.Logger.SendAsync("3020", "PolId=a21026;i13001-Info=200;i13008-Info=1.05");
        await installation.Logger.SendAsync("3020", "PolId=a21026;i11001-Info=//filter replaced//");
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync("/stations/" + Installation.Mn);
        await page.GetByRole(AriaRole.Link, new() { Name = "设备与参数" }).ClickAsync();
        await page.ArriveAsync("/devices");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("filter replaced");
        await page.GetByRole(AriaRole.Button, new() { Name = "登记备案值…" }).ClickAsync();
        await page.GetByLabel("因子（仪器）").SelectOptionAsync("a21026");
        await page.GetByLabel("参数 *").SelectOptionAsync("i13008");
        await page.GetByLabel("备案值").FillAsync("1.02");
        await page.GetByLabel("备案依据 *").FillAsync("备案表 3");
        await page.GetByRole(AriaRole.Button, new() { Name = "登记", Exact = true }).ClickAsync();
        var row = page.Locator("main tbody tr").Filter(new() { HasText = "i13008" });
        await Assertions.Expect(row).ToContainTextAsync("不符");
        await page.AssertAccessibleAsync();
        await page.KeepAsync("devices-zh");
    }

    [Fact]
    public async Task A_list_of_another_platform_is_compared_on_the_page_of_missing_periods()
    {
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync($"/stations/{Installation.Mn}/gaps");
        await page.GetByLabel("对方收到的时间清单").FillAsync("2026-03-01 08:00\nnot a time");
        await page.GetByRole(AriaRole.Button, new() { Name = "比对" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("2: not a time");
        await page.AssertAccessibleAsync();
        await page.KeepAsync("gaps-zh");
    }

    [Fact]
    public async Task A_patrol_is_begun_on_the_page_of_operations()
    {
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync($"/stations/{Installation.Mn}/operations");
        await page.GetByRole(AriaRole.Button, new() { Name = "立即巡查" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("项需关注");
        await page.Locator("main details summary").First.ClickAsync();
        await page.AssertAccessibleAsync();
        await page.KeepAsync("operations-zh");
    }
}
