using System.Text;
using Microsoft.Playwright;
using Qingyuan.Browser.Tests.Peers;

namespace Qingyuan.Browser.Tests;

/// <summary>What is kept, and whether it is whole.</summary>
public sealed class SystemTests(Installation installation)
{
    [Theory]
    [InlineData("zh-CN", "上传文件", "立即校验", "1 个", "完好", "1 处损坏")]
    [InlineData("en", "Uploaded files", "Walk now", "1,", "whole", "1 damaged")]
    public async Task An_uploaded_file_is_read_through_and_one_that_is_damaged_is_named(string culture, string title, string walk, string kept, string whole, string damaged)
    {
        var data = Directory.CreateTempSubdirectory("qingyuan-system-").FullName;
        await using var platform = await PlatformProcess.StartAsync(data);
        var page = await SignedInAsync(platform, culture, "qc-manager");
        await page.VisitAsync("/exchange/import");
        var csv = new FilePayload { Name = "a.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes($"站点MN,监测因子,采样时间,测定结果,单位\r\n{Installation.Mn},a21002,2026-03-01 13:20,41.5,mg/m3\r\n") };
        await page.UploadAsync(csv);
        page = await SignedInAsync(platform, culture, "system-admin");
        await page.VisitAsync("/admin/system");
        var place = page.Locator("dl.facts dt").Filter(new() { HasText = title }).Locator("xpath=following-sibling::dd[1]");
        await Assertions.Expect(place).ToContainTextAsync(kept);

        await page.GetByRole(AriaRole.Button, new() { Name = walk }).ClickAsync();
        await Assertions.Expect(place).ToContainTextAsync(whole);
        var file = Directory.EnumerateFiles(Path.Combine(data, "blobs"), "*", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file, "damaged", TestContext.Current.CancellationToken);
        await page.GetByRole(AriaRole.Button, new() { Name = walk }).ClickAsync();

        await Assertions.Expect(place).ToContainTextAsync(damaged);
        await Assertions.Expect(place).ToContainTextAsync(Path.GetFileName(file));
        await page.AssertAccessibleAsync();
        await page.KeepAsync("system-blobs-" + culture);
    }

    private async Task<IPage> SignedInAsync(PlatformProcess platform, string culture, string role)
    {
        var page = await installation.OpenAsync(culture, platform.Http);
        await page.GotoAsync("/sign-in");
        await page.FillSignInAsync(role, platform.FirstSignIn[role]);
        await page.ChangePasswordAsync(platform.FirstSignIn[role], $"清水长流 {role} 2026");
        await page.Locator("nav.rail li a").First.WaitForAsync();
        return page;
    }
}
