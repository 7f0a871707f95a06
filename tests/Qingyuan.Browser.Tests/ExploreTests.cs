using System.Globalization;
using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class ExploreTests(Installation installation)
{
    [Fact]
    [Requirement("R-5.5.4-2b")]
    [Requirement("R-5.5.4-3")]
    public async Task From_the_whole_down_to_one_hour_and_back_by_a_kept_view()
    {
        var yesterday = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime.Date.AddDays(-1);
        for (var hour = 0; hour < 12; hour++)
        {
            await installation.Logger.SendAtAsync("2061", yesterday.AddHours(hour), string.Create(
                CultureInfo.InvariantCulture, $"a21002-Avg={40 + hour}.5,a21002-Flag=N;a19001-Avg={20 - (hour * 0.5)},a19001-Flag=N"));
        }

        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync("/explore");
        await page.GetByLabel("因子", new() { Exact = true }).SelectOptionAsync("a21002");
        await page.GetByRole(AriaRole.Button, new() { Name = "分析", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".kpis")).ToContainTextAsync("46"); // mean of 40.5 to 51.5
        await page.GetByLabel("选择另一因子").SelectOptionAsync("a19001");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("r = -1.000");
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "超限分布图" }).Locator("canvas").First).ToBeVisibleAsync();
        await page.GetByLabel("加入因子").SelectOptionAsync("a19001");
        var beside = page.GetByRole(AriaRole.Group, new() { Name = "因子并列" });
        await Assertions.Expect(beside).ToContainTextAsync("17.25"); // mean of 20 to 14.5
        await Assertions.Expect(beside).ToContainTextAsync("-1.000");
        await page.AssertAccessibleAsync();
        await page.KeepAsync("explore-zh");

        await OpenDayAsync(page);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("51.5");
        await page.KeepAsync("explore-day-zh");
        await KeepAndOpenAsync(page);
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("period=last-7-days.*&other=a19001&beside=a19001$")); // no times: next week it is next week's
        await ExportAsync(page);

        await OpenDayAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "05:00" }).ClickAsync();
        await page.WaitForURLAsync("**/stations/**from=*T05:00*");
        await Assertions.Expect(page.Locator("#time-from")).ToHaveValueAsync(yesterday.AddHours(5).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task By_keyboard_from_a_station_s_name_to_its_worst_day_under_an_address_that_brings_it_back()
    {
        var day = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime.Date.AddDays(-20);
        await installation.Logger.SendAtAsync("2061", day.AddHours(3), "a21002-Avg=11.5,a21002-Flag=N");
        await installation.Logger.SendAtAsync("2061", day.AddDays(-1).AddHours(3), "a21002-Avg=7.5,a21002-Flag=N");
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync($"/explore?factor=a21002&from={Stamp(day.AddDays(-1))}&to={Stamp(day.AddDays(1))}&resolution=hour&compare=year&other=a19001");
        await Assertions.Expect(page.Locator(".kpis")).ToContainTextAsync("9.5");
        await Assertions.Expect(page.GetByLabel("对比时段")).ToHaveValueAsync("year");
        await Assertions.Expect(page.GetByLabel("选择另一因子")).ToHaveValueAsync("a19001");

        await PickAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "分析", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("stations=" + Installation.Mn + ".*&compare=year&other=a19001$"));

        await page.GetByLabel("站点排序").SelectOptionAsync("mean");
        await Assertions.Expect(page.GetByRole(AriaRole.Group, new() { Name = "站点排名" })).ToContainTextAsync("日均 11.5");
        await page.GetByRole(AriaRole.Button, new() { Name = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }).PressAsync("Enter");
        await Assertions.Expect(page.Locator(".day-panel")).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Group, new() { Name = "当天数据" })).ToContainTextAsync("11.5");
        await page.AssertAccessibleAsync();
        await page.KeepAsync("explore-ranking-zh");
    }

    [Fact]
    public async Task One_of_the_factors_side_by_side_takes_the_place_of_the_first_and_is_drawn_against_it()
    {
        var day = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime.Date.AddDays(-26);
        for (var hour = 0; hour < 4; hour++)
            await installation.Logger.SendAtAsync("2061", day.AddHours(hour), string.Create(CultureInfo.InvariantCulture, $"a21002-Avg={60 + hour}.5,a21002-Flag=N;a19001-Avg={10 + hour}.5,a19001-Flag=N"));
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync($"/explore?factor=a21002&from={Stamp(day)}&to={Stamp(day.AddDays(1))}&least=61&beside=a19001");
        var beside = page.GetByRole(AriaRole.Group, new() { Name = "因子并列" });
        await Assertions.Expect(beside).ToContainTextAsync("12.5"); // of the three hours at which the first was at least 61
        await beside.GetByRole(AriaRole.Button, new() { NameRegex = new("^分析") }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("factor=a19001.*while=a21002&whileLeast=61&beside=a21002$"));
        await Assertions.Expect(page.Locator(".kpis")).ToContainTextAsync("12.5");
        await beside.GetByRole(AriaRole.Button, new() { NameRegex = new("^散点") }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("选择另一因子")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("r = 1.000，3 对");

        await Assertions.Expect(page.GetByLabel("时段", new() { Exact = true })).ToHaveValueAsync("");
        await page.GetByLabel("时段", new() { Exact = true }).SelectOptionAsync("yesterday");
        await Assertions.Expect(page.Locator("#explore-to")).ToHaveValueAsync(day.AddDays(26).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));
        await beside.GetByRole(AriaRole.Button, new() { NameRegex = new("^移除") }).ClickAsync();
        await Assertions.Expect(beside).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_question_that_cannot_be_is_said_at_once()
    {
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync("/explore");
        await Assertions.Expect(page.GetByLabel("因子", new() { Exact = true })).ToBeEnabledAsync(); // before, the page is replaced by its live one
        await page.GetByText("更多条件").ClickAsync();
        await page.GetByLabel("不小于").First.FillAsync("many");
        await page.GetByRole(AriaRole.Button, new() { Name = "分析", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("“不小于”应为数字");
    }

    /// <summary>By name and without a mouse; what was picked can be let go and picked again.</summary>
    private static async Task PickAsync(IPage page)
    {
        var picker = page.GetByRole(AriaRole.Combobox, new() { Name = "站点", Exact = true });
        var picked = page.Locator(".picked");
        foreach (var last in new[] { false, true })
        {
            await picker.FillAsync(Installation.StationName);
            await Assertions.Expect(page.GetByRole(AriaRole.Listbox, new() { Name = "可选站点" })).ToContainTextAsync(Installation.Mn);
            await picker.PressAsync("Enter");
            await Assertions.Expect(picked).ToContainTextAsync(Installation.StationName);
            if (last) return;
            await page.GetByRole(AriaRole.Button, new() { Name = "移除" }).PressAsync("Enter");
            await Assertions.Expect(picked).ToHaveCountAsync(0);
            await Assertions.Expect(picker).ToBeFocusedAsync();
        }
    }

    private static string Stamp(DateTime wall) => Uri.EscapeDataString(wall.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) + "+08:00");

    // One row; of the seven days of the period yesterday is the last but one.
    private static async Task OpenDayAsync(IPage page)
    {
        var picture = page.GetByRole(AriaRole.Img, new() { Name = "站点 × 日 分布" }).Locator("canvas");
        await picture.ScrollIntoViewIfNeededAsync();
        var box = (await picture.BoundingBoxAsync())!;
        await picture.ClickAsync(new() { Position = new() { X = (float)(110 + ((box.Width - 126) * 5.5 / 7)), Y = (box.Height - 56) / 2 } });
        await Assertions.Expect(page.GetByText("点击时间看该小时")).ToBeVisibleAsync();
    }

    private static async Task KeepAndOpenAsync(IPage page)
    {
        await page.GetByLabel("视图名称").FillAsync("NOx 7 d");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存视图" }).ClickAsync();
        await Assertions.Expect(page.GetByText("已保存视图 NOx 7 d")).ToBeVisibleAsync();
        await page.VisitAsync("/explore");
        await page.GetByLabel("已存视图").SelectOptionAsync(new SelectOptionValue { Label = "NOx 7 d" });
        await Assertions.Expect(page.Locator(".kpis")).ToContainTextAsync("46");
    }

    private static async Task ExportAsync(IPage page)
    {
        var waiting = page.WaitForDownloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "导出 csv" }).ClickAsync();
        var file = await waiting;
        Assert.Equal(13, (await File.ReadAllLinesAsync((await file.PathAsync())!)).Length);
    }
}
