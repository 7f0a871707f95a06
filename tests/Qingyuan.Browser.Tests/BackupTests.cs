using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class BackupTests(Installation installation)
{
    [Fact]
    public async Task A_backup_is_taken_and_proved_by_a_drill_and_what_is_unsafe_is_said()
    {
        var page = await installation.SignInAsync("system-admin");
        await page.VisitAsync("/admin/backup");
        await Assertions.Expect(page.GetByText("备份与数据在同一块磁盘上")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "立即备份" }).ClickAsync();
        await Assertions.Expect(page.GetByText("已备份：qingyuan-")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "立即演练" }).ClickAsync();
        // The first drill follows the first backup by itself: it may be the one that is seen.
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "恢复演练" }).Locator("tbody tr").First).ToContainTextAsync("通过");
        await Assertions.Expect(page.Locator("tbody tr").Filter(new() { HasText = ".qybackup" })).ToContainTextAsync("手动");
        await page.AssertAccessibleAsync();
        await page.KeepAsync("backup-zh");
    }
}
