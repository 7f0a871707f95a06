using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class NotificationTests(Installation installation)
{
    [Fact]
    public async Task A_channel_is_made_and_seen_and_what_is_wrong_is_said_at_its_field()
    {
        var page = await installation.SignInAsync("system-admin");
        await page.VisitAsync("/admin/notifications");
        await page.GetByRole(AriaRole.Button, new() { Name = "新增通道" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("名称 *").FillAsync("mail");
        await dialog.GetByLabel("邮件服务器").FillAsync("127.0.0.1");
        await dialog.GetByLabel("端口").FillAsync("70000");
        await dialog.GetByLabel("发件地址").FillAsync("qingyuan@example.org");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        var port = dialog.GetByLabel("端口");
        await Assertions.Expect(port).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Locator("#" + await port.GetAttributeAsync("aria-describedby"))).ToContainTextAsync("65535");
        await page.AssertAccessibleAsync();

        await port.FillAsync("1"); // nobody listens there
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        var row = page.Locator("tbody tr").Filter(new() { HasText = "mail" });
        await Assertions.Expect(row).ToContainTextAsync("127.0.0.1:1");
        await OrderAsync(page);
        await TestAsync(page, row);
        await page.AssertAccessibleAsync();
        await page.KeepAsync("notifications-zh");
    }

    private static async Task OrderAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "添加人员" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "保存顺序" }).ClickAsync();
        var name = page.GetByLabel("姓名");
        await Assertions.Expect(name).ToHaveAttributeAsync("aria-invalid", "true");
        await name.FillAsync("李工");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "地址" }).FillAsync("li@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存顺序" }).ClickAsync();
        await page.VisitUntilAsync("/admin/notifications", async () => await name.CountAsync() > 0 && await name.InputValueAsync() is "李工");
    }

    private static async Task TestAsync(IPage page, ILocator row)
    {
        await row.GetByRole(AriaRole.Button, new() { Name = "试发" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("地址").FillAsync("li@example.org");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "发送" }).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("没有发出");
        await dialog.Locator(".mud-dialog-actions").GetByRole(AriaRole.Button, new() { Name = "关闭" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }
}
