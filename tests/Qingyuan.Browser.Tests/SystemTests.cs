using System.Text;
using Microsoft.Playwright;
using Qingyuan.Browser.Tests.Peers;

namespace Qingyuan.Browser.Tests;

/// <summary>What is kept, and whether it is whole.</summary>
public sealed class SystemTests(Installation installation)
{
    private const string Zh = "上传文件";
    private const string En = "Uploaded files";

    [Fact]
    public async Task An_uploaded_file_is_read_through_and_one_that_is_damaged_is_named()
    {
        var data = Directory.CreateTempSubdirectory("qingyuan-system-").FullName;
        await using var platform = await PlatformProcess.StartAsync(data);
        var page = await SignedInAsync(platform, "qc-manager");
        await page.VisitAsync("/exchange/import");
        var csv = new FilePayload { Name = "a.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes($"站点MN,监测因子,采样时间,测定结果,单位\r\n{Installation.Mn},a21002,2026-03-01 13:20,41.5,mg/m3\r\n") };
        await page.UploadAsync(csv);
        page = await SignedInAsync(platform, "system-admin");
        await page.VisitAsync("/admin/system");
        await Assertions.Expect(Place(page, Zh)).ToContainTextAsync("1 个");
        await page.GetByRole(AriaRole.Button, new() { Name = "立即校验" }).ClickAsync();
        await Assertions.Expect(Place(page, Zh)).ToContainTextAsync("完好");

        await page.Context.AddCookiesAsync([new() { Name = ".AspNetCore.Culture", Value = Uri.EscapeDataString("c=en|uic=en"), Url = platform.Http.ToString() }]);
        await page.VisitAsync("/admin/system");
        await Assertions.Expect(Place(page, En)).ToContainTextAsync("1,");
        await Assertions.Expect(Place(page, En)).ToContainTextAsync("whole");
        var file = Directory.EnumerateFiles(Path.Combine(data, "blobs"), "*", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file, "damaged", TestContext.Current.CancellationToken);
        await page.GetByRole(AriaRole.Button, new() { Name = "Walk now" }).ClickAsync();
        await SaysAsync(page, En, "1 damaged", file);

        await page.Context.ClearCookiesAsync(new() { Name = ".AspNetCore.Culture" });
        await page.VisitAsync("/admin/system");
        await SaysAsync(page, Zh, "1 处损坏", file);
    }

    private static ILocator Place(IPage page, string title) => page.Locator("dl.facts dt").Filter(new() { HasText = title }).Locator("xpath=following-sibling::dd[1]");

    private static async Task SaysAsync(IPage page, string title, string damaged, string file)
    {
        await Assertions.Expect(Place(page, title)).ToContainTextAsync(damaged);
        await Assertions.Expect(Place(page, title)).ToContainTextAsync(Path.GetFileName(file));
        await page.AssertAccessibleAsync();
        await page.KeepAsync("system-blobs-" + (title is Zh ? "zh-CN" : "en"));
    }

    private async Task<IPage> SignedInAsync(PlatformProcess platform, string role)
    {
        var page = await installation.OpenAsync(address: platform.Http);
        await page.GotoAsync("/sign-in");
        await page.FillSignInAsync(role, platform.FirstSignIn[role]);
        await page.ChangePasswordAsync(platform.FirstSignIn[role], $"清水长流 {role} 2026");
        await page.Locator("nav.rail li a").First.WaitForAsync();
        return page;
    }
}
