using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class RetentionTests(Installation installation)
{
    [Fact]
    public async Task A_deletion_past_its_term_is_asked_for_by_one_person_and_approved_by_another()
    {
        await installation.Logger.SendAtAsync("2051", new(2019, 5, 6, 8, 0, 0), "a21002-Avg=12.50,a21002-Flag=N");
        await installation.Logger.SendAtAsync("2051", new(2019, 5, 6, 8, 1, 0), "a21002-Avg=12.60,a21002-Flag=N");
        var first = await installation.SignInAsync("system-admin");
        await first.VisitAsync("/admin/retention");
        var asking = first.GetByRole(AriaRole.Region, new() { Name = "到期删除" });
        await asking.GetByLabel("数据类别").SelectOptionAsync("Values");
        await asking.GetByLabel("起月").FillAsync("2019-05");
        await asking.GetByLabel("止月").FillAsync(TimeProvider.System.GetUtcNow().ToString("yyyy-MM", CultureInfo.InvariantCulture));
        await asking.GetByRole(AriaRole.Button, new() { Name = "查看将删除的内容" }).ClickAsync();
        await Assertions.Expect(asking.GetByRole(AriaRole.Alert)).ToContainTextAsync("未满保存期 60 个月");
        await asking.GetByLabel("止月").FillAsync("2019-05");
        await asking.GetByLabel("原因", new() { Exact = true }).FillAsync("满五年");
        await asking.GetByRole(AriaRole.Button, new() { Name = "查看将删除的内容" }).ClickAsync();
        await Assertions.Expect(asking.GetByRole(AriaRole.Alert)).ToContainTextAsync("采样时间为过去"); // received today, whatever their stamps say
        await asking.GetByLabel("数据类别").SelectOptionAsync("Results");
        await LookAsync(asking);
        await asking.GetByRole(AriaRole.Button, new() { Name = "申请删除" }).ClickAsync();
        var row = asking.Locator("tbody tr").First;
        await Assertions.Expect(row).ToContainTextAsync("待第二人批准");
        await Assertions.Expect(row.GetByRole(AriaRole.Button, new() { Name = "批准删除" })).ToHaveCountAsync(0); // not by who asked
        await first.AssertAccessibleAsync();
        await first.KeepAsync("retention-zh");

        var second = await installation.SignInAsync("audit-admin");
        await second.VisitAsync("/admin/retention");
        await second.AssertAccessibleAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "批准删除" }).ClickAsync();
        var dialog = second.Locator(".mud-dialog");
        await Assertions.Expect(dialog).ToContainTextAsync("2019-05 至 2019-05（1 个月 · ");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "批准删除" }).ClickAsync();
        await Assertions.Expect(second.GetByText("已批准，平台正在删除")).ToBeVisibleAsync();
        await Assertions.Expect(second.Locator("tbody tr").Filter(new() { HasText = "2019-05" })).ToContainTextAsync("已删除"); // the page looks again by itself
    }

    /// <summary>Until the platform has judged the hour: it waits some seconds for what else may come of it.</summary>
    private static async Task LookAsync(ILocator asking)
    {
        var (found, none) = (asking.GetByText(new Regex(@"1 个月 · \d+ 条")), asking.GetByRole(AriaRole.Alert));
        do
        {
            await asking.GetByRole(AriaRole.Button, new() { Name = "查看将删除的内容" }).ClickAsync();
            await Assertions.Expect(found.Or(none)).ToBeVisibleAsync();
        }
        while (!await found.IsVisibleAsync());
    }
}
