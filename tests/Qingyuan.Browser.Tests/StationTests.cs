using System.Text;
using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class StationTests(Installation installation)
{
    private static DateTime Wall => TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime;

    [Fact]
    [Requirement("R-5.4.2-2a")]
    [Requirement("R-5.4.2-4")]
    [Requirement("R-5.5.1-3")]
    public async Task A_value_sent_over_the_socket_appears_by_push_and_leads_back_to_its_bytes()
    {
        await installation.Logger.SendRealtimeAsync(Wall, ["a21002-Rtd=38.25,a21002-ZsRtd=41.02,a21002-Flag=N"]);
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync("/stations/" + Installation.Mn);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("38.25");

        await installation.Logger.SendRealtimeAsync(Wall, ["a21002-Rtd=39.75,a21002-ZsRtd=42.10,a21002-Flag=N"]);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("39.75");
        await page.KeepAsync("station-zh");

        await page.GetByRole(AriaRole.Button, new() { Name = "氮氧化物 的原始报文" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("a21002-Rtd=39.75");
        await page.AssertAccessibleAsync();
        await page.KeepAsync("frame-zh");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_chosen_while_curves_are_drawn_is_drawn_next()
    {
        await installation.Logger.SendRealtimeAsync(Wall, ["a21002-Rtd=38.25,a21002-Flag=N"]);
        var page = await installation.SignInAsync("dispatcher");
        var drawn = new TaskCompletionSource();
        await page.RouteAsync("**/vizor-echarts-bundle-min*", async route =>
        {
            await drawn.Task;
            await route.ContinueAsync();
        });
        var asked = page.WaitForRequestAsync("**/vizor-echarts-bundle-min*");
        await page.VisitAsync("/stations/" + Installation.Mn);
        await asked; // the first drawing has begun and cannot end
        await page.GetByRole(AriaRole.Button, new() { Name = "7 天" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "往前一段" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "7 天" })).ToHaveAttributeAsync("aria-pressed", "true");
        drawn.SetResult();
        await Assertions.Expect(page.Locator(".curve [aria-label*='小时数据'], .curve[aria-label*='小时数据']")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_ledger_of_a_station_stands_in_the_order_of_its_times_though_a_logger_tells_late()
    {
        await installation.Logger.SendRealtimeAsync(Wall, ["a21002-Rtd=38.25,a21002-Flag=N"]); // that the link came and went is recorded with the time of now
        await installation.Logger.SendRealtimeAsync(Wall.AddMinutes(-8), ["a34013-Rtd=5.2,a34013-Flag=M"]);
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync("/stations/" + Installation.Mn);
        var card = page.GetByRole(AriaRole.Region, new() { Name = "台账", Exact = true });
        await Assertions.Expect(card).ToContainTextAsync("标记开始");
        var times = await card.Locator("time").EvaluateAllAsync<string[]>("all => all.map(time => time.dateTime)");
        Assert.True(times.Length > 1);
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
    }

    [Fact]
    [Requirement("R-5.6.5-5")]
    public async Task A_logger_that_nobody_filed_waits_for_adoption()
    {
        var stranger = new Peers.Logger(installation.Hj212, "990000A8900016F000169DFF", "000000");
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitUntilAsync("/admin/stations", page.Locator("main").GetByText("990000A8900016F000169DFF"), () => stranger.SendUnansweredAsync(Wall, ["a21002-Rtd=1.0,a21002-Flag=N"]));
        await page.KeepAsync("adoption-zh");
    }

    [Fact]
    [Requirement("R-5.5.3-5")]
    public async Task A_table_of_stations_is_seen_row_by_row_before_it_is_filed()
    {
        var csv = "MN,站点名称,监测类型,协议版本,上报密码,领导\r\nTABLE00000001,批量一号,废气,HJ 212-2017,123456,王\r\nTABLE00000002,批量二号,噪声,2017,123456,\r\n,批量三号,废水,2017,123456,\r\n";
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync("/admin/stations/import");
        await page.UploadAsync(new FilePayload { Name = "新增站点.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });
        var rows = page.GetByRole(AriaRole.Group, new() { Name = "新增站点.csv" }).GetByRole(AriaRole.Row);
        await Assertions.Expect(rows.Filter(new() { HasText = "批量一号" })).ToContainTextAsync("新站点");
        await Assertions.Expect(rows.Filter(new() { HasText = "批量二号" })).ToContainTextAsync("应为：废气 或 废水");
        await Assertions.Expect(rows.Filter(new() { HasText = "批量三号" })).ToContainTextAsync("没有填写");
        await page.KeepAsync("station-table-zh");

        await page.GetByRole(AriaRole.Button, new() { Name = "登记 1 个站点" }).ClickAsync();
        await Assertions.Expect(rows.Filter(new() { HasText = "批量一号" })).ToContainTextAsync("已登记");
        await page.KeepAsync("station-table-filed-zh");
        await page.VisitAsync("/admin/stations");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("TABLE0000000");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("批量一号");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("批量二号");
        await page.KeepAsync("stations-admin-zh");
    }

    [Theory]
    [InlineData("zh-CN", "登记 3 个站点", "撤回 错表.csv", "原因 *", "停用 2 个站点，保留 1 个", "已有该站点的报文", "已停用")]
    [InlineData("en", "File 3 stations", "Undo wrong.csv", "Reason *", "2 stations taken out of use, 1 kept", "Frames or imported data of it are kept", "out of use")]
    [Requirement("R-5.5.3-5")]
    public async Task A_table_filed_by_mistake_is_taken_back(string language, string file, string undo, string reason, string done, string kept, string tag)
    {
        var (act, name) = (undo.Split(' ')[0], undo.Split(' ')[1]);
        var csv = $"MN,站点名称,监测类型,协议版本,上报密码\r\nUNDO{language}0001,错表一号 {language},废气,2017,123456\r\nUNDO{language}0002,错表二号 {language},废水,2017,123456\r\nUNDO{language}0003,错表三号 {language},废水,2017,123456\r\n";
        var page = await installation.SignInAsync("dispatcher", language);
        await page.VisitAsync("/admin/stations/import");
        await page.UploadAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });
        await page.GetByRole(AriaRole.Button, new() { Name = file }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = undo })).ToBeVisibleAsync();
        await new Peers.Logger(installation.Hj212, $"UNDO{language}0003", "123456").SendRealtimeAsync(Wall, ["w01018-Rtd=21.5,w01018-Flag=N"]);
        await page.GetByRole(AriaRole.Button, new() { Name = undo }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { Name = act })).ToBeDisabledAsync();
        await dialog.GetByLabel(reason).FillAsync("发错了 / wrong file");
        await page.AssertAccessibleAsync();
        await page.KeepAsync("undo-dialog-" + language);
        await dialog.GetByRole(AriaRole.Button, new() { Name = act }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(done);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(kept);
        await page.AssertAccessibleAsync();
        await page.KeepAsync("undone-" + language);

        await page.VisitAsync("/admin/stations");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("UNDO" + language);
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("错表一号");
        await page.Locator(".tools select").SelectOptionAsync("Retired");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("错表一号");
        await Assertions.Expect(page.Locator(".chip-off").Filter(new() { HasText = tag }).First).ToBeVisibleAsync();
        await page.KeepAsync("stations-retired-" + language);
    }

    [Fact]
    public async Task A_station_goes_out_of_use_and_comes_back_with_a_reason_each_time()
    {
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync("/admin/stations/import");
        await page.UploadAsync(new FilePayload { Name = "停用.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("MN,站点名称,监测类型,协议版本,上报密码\r\nOUTOFUSE0001,要停用的排口,废水,2017,123456\r\n") });
        await page.GetByRole(AriaRole.Button, new() { Name = "登记 1 个站点" }).ClickAsync();
        await Assertions.Expect(page.Locator(".said.good")).ToBeVisibleAsync();
        await page.VisitAsync("/admin/stations");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("OUTOFUSE");
        var open = await installation.SignInAsync("dispatcher", "en"); // somebody looks at it meanwhile, in another language
        await open.VisitAsync("/stations/OUTOFUSE0001");
        await ActAsync(page, "停用 要停用的排口", "排口已封堵", "停用");
        await Assertions.Expect(open.Locator("main")).ToContainTextAsync("排口已封堵");
        await Assertions.Expect(open.Locator("main")).ToContainTextAsync("Out of use");
        await open.KeepAsync("station-retired-en");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "停用 要停用的排口" })).ToHaveCountAsync(0);
        await page.VisitAsync("/stations/OUTOFUSE0001");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("排口已封堵");
        await page.AssertAccessibleAsync();
        await page.KeepAsync("station-retired-zh");

        await page.VisitAsync("/admin/stations");
        await page.Locator(".tools select").SelectOptionAsync("Retired");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("OUTOFUSE");
        await ActAsync(page, "恢复使用 要停用的排口", "重新排污", "恢复使用");
        await Assertions.Expect(open.Locator("main")).Not.ToContainTextAsync("排口已封堵");
        await page.VisitAsync("/stations/OUTOFUSE0001");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("要停用的排口");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("排口已封堵");
    }

    private static async Task ActAsync(IPage page, string button, string reason, string act)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("原因").FillAsync(reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = act, Exact = true }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }
}
