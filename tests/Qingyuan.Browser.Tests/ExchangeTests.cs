using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class ExchangeTests(Installation installation)
{
    [Fact]
    public async Task A_target_is_added_refused_where_wrong_and_seen_to_work_once_somebody_listens()
    {
        using var upper = new TcpListener(IPAddress.Loopback, 0);
        upper.Start();
        var port = ((IPEndPoint)upper.LocalEndpoint).Port;
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync("/exchange");
        await page.GetByRole(AriaRole.Button, new() { Name = "添加目标" }).ClickAsync();
        var dialog = page.Locator(".mud-dialog");
        await dialog.GetByLabel("名称 *").FillAsync("园区平台");
        await dialog.GetByLabel("主机 *").FillAsync("127.0.0.1");
        await dialog.GetByLabel("端口 *").FillAsync("70000");
        await dialog.GetByLabel("站点 *").FillAsync(Installation.Mn + " UPPER01 654321");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("port");
        await dialog.GetByLabel("端口 *").FillAsync(port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await page.AssertAccessibleAsync();
        await page.KeepAsync("exchange-dialog-zh");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        var row = page.Locator("main tbody tr").Filter(new() { HasText = "园区平台" });
        await Assertions.Expect(row).ToContainTextAsync("已同步");
        await page.KeepAsync("exchange-zh");
    }
}
