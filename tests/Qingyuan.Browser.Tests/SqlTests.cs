using System.Globalization;
using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class SqlTests(Installation installation)
{
    [Fact]
    public async Task From_explore_to_sql_its_answer_its_file_and_its_errors()
    {
        var before = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime.Date.AddDays(-3);
        for (var hour = 0; hour < 6; hour++)
            await installation.Logger.SendAtAsync("2061", before.AddHours(hour), string.Create(CultureInfo.InvariantCulture, $"a21026-Avg={20 + hour}.5,a21026-Flag=N"));
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync("/explore");
        await page.GetByLabel("因子", new() { Exact = true }).SelectOptionAsync("a21026");
        await page.GetByRole(AriaRole.Button, new() { Name = "分析", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "在 SQL 中打开" }).ClickAsync();
        await Assertions.Expect(page.GetByText(new System.Text.RegularExpressions.Regex(@"\d+ 个站点，6 个数据"))).ToBeVisibleAsync(); // of all stations, as many as others filed

        await page.GetByLabel("SQL 语句", new() { Exact = true }).FillAsync("SELECT factor, count(*) AS n,\n avg(value) AS mean, NULL AS nothing FROM readings GROUP BY 1");
        await page.GetByLabel("SQL 语句", new() { Exact = true }).PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".sql-answer")).ToContainTextAsync("23"); // mean of 20.5 to 25.5
        await Assertions.Expect(page.Locator(".sql-answer tbody")).ToContainTextAsync("NULL");
        await page.GetByText("readings 数据").ClickAsync();
        await page.AssertAccessibleAsync();
        await page.KeepAsync("sql-zh");
        var waiting = page.WaitForDownloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "导出 csv" }).ClickAsync();
        Assert.Equal(["factor,n,mean,nothing", "a21026,6,23,"], await File.ReadAllLinesAsync((await (await waiting).PathAsync())!));

        await page.GetByLabel("SQL 语句", new() { Exact = true }).FillAsync("SELECT *\nFROM read_csv('/etc/passwd')");
        await page.GetByRole(AriaRole.Button, new() { Name = "执行", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("第 2 行不允许");
        await page.GetByLabel("历史语句").SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await Assertions.Expect(page.GetByLabel("SQL 语句", new() { Exact = true })).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("avg\\(value\\)"));
    }
}
