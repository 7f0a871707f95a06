using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class LanguageTests(Installation installation)
{
    [Fact]
    public async Task The_switch_changes_every_text_and_stays_on_the_page()
    {
        var page = await installation.SignInAsync("dispatcher");
        await page.VisitAsync("/alarms");
        await page.GetByRole(AriaRole.Link, new() { Name = "EN", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Alarms");
        Assert.EndsWith("/alarms", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await page.GetByRole(AriaRole.Link, new() { Name = "中文", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("告警");
    }

    [Theory]
    [InlineData("dispatcher", "/", "/stations", "/stations/" + Installation.Mn, "/stations/" + Installation.Mn + "/operations", "/stations/" + Installation.Mn + "/devices", "/stations/" + Installation.Mn + "/gaps", "/alarms", "/findings", "/work-orders", "/explore", "/explore/sql", "/ledger", "/inspect", "/exchange", "/exchange/policy", "/exchange/import", "/stations/" + Installation.Mn + "/imported", "/admin/stations", "/admin/stations/import")]
    [InlineData("security-admin", "/admin/users", "/admin/tokens", "/account/totp", "/account")]
    [InlineData("system-admin", "/admin/system", "/admin/backup", "/admin/retention", "/admin/notifications")]
    public async Task No_page_shows_a_bare_key_or_the_other_language(string role, params string[] paths)
    {
        var page = await installation.SignInAsync(role, "en");
        foreach (var path in paths)
        {
            await page.VisitAsync(path);
            // What people filed keeps its own language, and a language its own name; the frame around them must not.
            var chrome = await page.EvaluateAsync<string>("() => [...document.querySelectorAll('h1, h2, th, button, label, nav a span, option, dt')].filter(e => e.lang !== 'zh-CN').map(e => e.textContent).join('\\n')");
            var foreign = chrome.Split('\n').Where(line => line.Any(letter => letter is >= '\u4e00' and <= '\u9fff'))
                .Where(line => !line.Contains(Installation.StationName, StringComparison.Ordinal) && !line.Contains("清源", StringComparison.Ordinal)).ToArray();
            Assert.Empty(foreign);
            await page.KeepAsync(Name(path) + "-en");
        }
    }

    private static string Name(string path) => path is "/" ? "overview" : path.Trim('/').Replace('/', '-').Replace("-" + Installation.Mn, "-page", StringComparison.Ordinal);
}
