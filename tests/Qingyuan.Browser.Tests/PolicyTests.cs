using System.Security.Cryptography;
using System.Text;
using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class PolicyTests(Installation installation)
{
    [Fact]
    [Requirement("R-5.5.3-5")]
    public async Task A_delivery_is_refused_where_wrong_created_seen_to_run_downloaded_and_holds_what_the_logger_sent()
    {
        var yesterday = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime.Date.AddDays(-1);
        // A factor that no other test sends: what they send of that day is delivered as well.
        await installation.Logger.SendAtAsync("2061", yesterday.AddHours(8), "a21005-Avg=38.20,a21005-Min=-0.10,a21005-Flag=D");
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync("/exchange/policy");
        await page.GetByRole(AriaRole.Button, new() { Name = "新建交付" }).ClickAsync();
        var dialog = page.Locator(".mud-dialog");
        await dialog.GetByLabel("名称 *").FillAsync("园区日报");
        await dialog.GetByLabel("性质 *").SelectOptionAsync(new SelectOptionValue { Label = "其他单位" });
        await dialog.GetByLabel("接收方 *").FillAsync("示例园区管委会");
        await dialog.GetByLabel("接收方单位代码 *").FillAsync("sample-energy");
        await dialog.GetByLabel("MN *").FillAsync(Installation.Mn);
        await dialog.GetByLabel("从哪天起").FillAsync(yesterday.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await dialog.GetByLabel("交付时间 *").FillAsync("00:00");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("须写明用途与依据");
        await dialog.GetByLabel("用途与依据 *").FillAsync("园区环境管理协议");
        await page.AssertAccessibleAsync();
        await page.KeepAsync("policy-dialog-zh");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "园区日报 的交付记录" }).ClickAsync();
        var runs = page.GetByRole(AriaRole.Region, new() { Name = "园区日报 的交付记录" });
        await Assertions.Expect(runs.Locator("tbody tr")).ToContainTextAsync("已交付");
        await page.AssertAccessibleAsync();
        await page.KeepAsync("policy-zh");

        var download = await page.RunAndWaitForDownloadAsync(() => runs.GetByRole(AriaRole.Link, new() { NameRegex = new("园区日报_.*csv") }).ClickAsync());
        var file = await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        await Assertions.Expect(runs.Locator("td[data-label='SHA-256'] span")).ToHaveAttributeAsync("title", Convert.ToHexStringLower(SHA256.HashData(file)));
        var lines = Encoding.UTF8.GetString(file).TrimStart('\ufeff').Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("# policy: 园区日报", lines);
        Assert.Equal([("Avg", "38.20", "D"), ("Min", "-0.10", "D")], lines.Where(line => line.StartsWith(Installation.Mn, StringComparison.Ordinal)).Select(line => line.Split(',')).Where(cells => cells[3] is "a21005").Select(cells => (cells[7], cells[8], cells[10])));

        await AssertReceivedAsync(Convert.ToHexStringLower(SHA256.HashData(file)));

        var english = await installation.SignInAsync("dispatcher", "en");
        await english.VisitAsync("/exchange/policy");
        await english.GetByRole(AriaRole.Button, new() { Name = "Runs of 园区日报" }).ClickAsync();
        await Assertions.Expect(english.GetByRole(AriaRole.Region, new() { Name = "Runs of 园区日报" })).ToContainTextAsync("Delivered");
        await english.KeepAsync("policy-en");
        await english.GetByRole(AriaRole.Button, new() { Name = "Add delivery" }).ClickAsync();
        await Assertions.Expect(english.Locator(".mud-dialog")).ToContainTextAsync("Handed over");
        await english.KeepAsync("policy-dialog-en");
    }

    /// <summary>The recipient finds the same bytes on a page of its own, and nothing of how they are handed over elsewhere.</summary>
    private async Task AssertReceivedAsync(string sha256)
    {
        var recipient = await installation.SignInAsync("discharger");
        await recipient.VisitAsync("/exchange/received");
        var runs = recipient.GetByRole(AriaRole.Region, new() { Name = "园区日报 的交付记录" });
        await Assertions.Expect(runs.Locator("tbody tr")).ToContainTextAsync("尚未取走");
        var download = await recipient.RunAndWaitForDownloadAsync(() => runs.GetByRole(AriaRole.Link, new() { NameRegex = new("园区日报_.*csv") }).ClickAsync());
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken))));
        await recipient.VisitAsync("/exchange/received");
        await Assertions.Expect(runs.Locator("tbody tr")).Not.ToContainTextAsync("尚未取走");
        await recipient.AssertAccessibleAsync();
        await recipient.KeepAsync("received-zh");
    }
}
