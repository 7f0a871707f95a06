using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class InspectTests(Installation installation)
{
    private const string Body = "QN=20260301080000000;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20260301080000;w01018-Rtd=22.5,w01018-Flag=N&&";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pasted_frame_is_explained_piece_by_piece_with_what_is_wrong(bool hexadecimal)
    {
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync("/inspect");
        var frame = $"##{Body.Length:0000}{Body}0000";
        await page.GetByRole(AriaRole.Textbox, new() { Name = "粘贴报文" }).FillAsync(hexadecimal ? Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(frame + "\r\n")) : frame + "\n");
        await Assertions.Expect(page.Locator("main table")).ToContainTextAsync("w01018");
        await Assertions.Expect(page.Locator("main table")).ToContainTextAsync("化学需氧量");
        await Assertions.Expect(page.Locator("main td .bad").First).ToBeVisibleAsync(); // the check value
        await page.AssertAccessibleAsync();
        await page.KeepAsync("inspect-zh");
    }
}
