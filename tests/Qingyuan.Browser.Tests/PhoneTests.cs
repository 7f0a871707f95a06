namespace Qingyuan.Browser.Tests;

public class PhoneTests(Installation installation)
{
    /// <summary>What a technician opens on the way: nothing is cut off to the right, nothing must be scrolled sideways.</summary>
    [Fact]
    public async Task On_a_phone_every_page_of_a_technician_fits_its_width()
    {
        var wall = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime;
        await installation.Logger.SendRealtimeAsync(wall, ["a21002-Rtd=20.1,a21002-ZsRtd=22.5,a21002-Flag=N"]);
        var page = await installation.SignInAsync("technician");
        await page.SetViewportSizeAsync(390, 844);
        foreach (var path in new[] { "/work-orders", "/alarms", "/stations", "/stations/" + Installation.Mn, "/" })
        {
            await page.VisitAsync(path);
            var wide = await page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll('main *')]
                    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.steps, .filters'))
                    .map(e => e.outerHTML.slice(0, 120))
                """);
            Assert.True(wide.Length is 0, $"{path}: {string.Join('\n', wide.Take(3))}");
            await page.AssertAccessibleAsync();
            await page.KeepAsync("phone" + path.Replace('/', '-'));
        }
    }

    /// <summary>As after a day's work, in a deep directory, with a date of the coming year.</summary>
    private const string WidestCase = """
        () => {
            document.querySelector('#sql-history')?.add(new Option('SELECT '.repeat(12)));
            for (const figure of document.querySelectorAll('.kpis dt + dd')) figure.textContent = '2027-12-30 23:59';
            for (const path of document.querySelectorAll('p.said, p .mono')) path.append('/0123456789abcdef'.repeat(8));
        }
        """;

    /// <summary>Tables may scroll in boxes of their own there; the page itself never does.</summary>
    [Theory]
    [InlineData("dispatcher", "/explore", "/explore/sql", "/admin/stations", "/admin/stations/import", "/exchange/import", "/exchange/policy", "/ledger")]
    [InlineData("system-admin", "/admin/system", "/admin/backup", "/admin/retention")]
    public async Task On_a_phone_no_page_of_an_office_scrolls_sideways(string role, params string[] paths)
    {
        var page = await installation.SignInAsync(role);
        await page.SetViewportSizeAsync(390, 844);
        foreach (var path in paths)
        {
            await page.VisitAsync(path);
            await page.EvaluateAsync(WidestCase);
            var over = await page.EvaluateAsync<int>("() => Math.max(...[document.documentElement, document.body, document.querySelector('main')].map(e => e.scrollWidth - e.clientWidth))");
            await page.KeepAsync("phone-office" + path.Replace('/', '-'));
            Assert.True(over <= 1, $"{path} scrolls {over} px sideways.");
        }
    }
}
