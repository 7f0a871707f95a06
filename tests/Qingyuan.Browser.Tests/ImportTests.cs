using System.Text;
using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class ImportTests(Installation installation)
{
    [Fact]
    public async Task A_file_with_a_wrong_row_is_seen_confirmed_listed_and_taken_back()
    {
        var yesterday = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime.Date.AddDays(-1);
        var csv = FormattableString.Invariant($"站点MN,监测因子,采样时间,测定结果,单位,实验室\r\n{Installation.Mn},a21002,{yesterday:yyyy-MM-dd} 13:20,41.5,mg/m3,市监测站\r\n{Installation.Mn},a21002,{yesterday:yyyy-MM-dd} 14:20,大约40,mg/m3,市监测站\r\n");
        var page = await installation.SignInAsync("qc-manager");
        await page.VisitAsync("/exchange/import");
        await page.UploadAsync(new FilePayload { Name = "三月.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });

        var preview = page.Locator("section.panel").Filter(new() { HasText = "导入 三月.csv" });
        await Assertions.Expect(preview).ToContainTextAsync("共 2 行：1 行正确（含矛盾 0 行），1 行有误");
        await Assertions.Expect(preview.Locator("tr").Filter(new() { HasText = "大约40" })).ToContainTextAsync("3测定结果有误“大约40”不是十进制数");
        await Assertions.Expect(preview.Locator("tr").Filter(new() { HasText = "41.5" })).ToContainTextAsync(Installation.StationName);
        await page.AssertAccessibleAsync();
        await page.KeepAsync("import-preview-zh");

        await preview.GetByRole(AriaRole.Button, new() { Name = "确认导入 1 行" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Group, new() { Name = "导入记录" }).Locator("tbody tr").Filter(new() { HasText = "三月.csv" });
        await Assertions.Expect(row).ToContainTextAsync("已导入");
        await StationShowsAsync(1);

        await preview.GetByRole(AriaRole.Button, new() { Name = "撤销这次导入" }).ClickAsync();
        await Assertions.Expect(preview.GetByRole(AriaRole.Alert)).ToContainTextAsync("请填写撤销原因");
        await preview.GetByLabel("撤销原因 *").FillAsync("样品编号错误");
        await preview.GetByRole(AriaRole.Button, new() { Name = "撤销这次导入" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("已撤销样品编号错误");
        await page.AssertAccessibleAsync();
        await page.KeepAsync("import-undone-zh");
        await StationShowsAsync(0);
    }

    private async Task StationShowsAsync(int results)
    {
        var page = await installation.SignInAsync("technician");
        await page.VisitAsync("/stations/" + Installation.Mn);
        await Assertions.Expect(page.GetByRole(AriaRole.Group, new() { Name = "实验室结果对照" }).Locator("tbody tr").Filter(new() { HasText = "41.5" })).ToHaveCountAsync(results);
        if (results > 0) await page.AssertAccessibleAsync();
        await page.Context.CloseAsync();
    }
}
