namespace Qingyuan.Browser.Tests;

public class AccessibilityTests(Installation installation)
{
    [Theory]
    [InlineData("dispatcher", "/", "/stations", "/stations/" + Installation.Mn, "/stations/" + Installation.Mn + "/operations", "/stations/" + Installation.Mn + "/devices", "/stations/" + Installation.Mn + "/gaps", "/alarms", "/findings", "/work-orders", "/explore", "/explore/sql", "/ledger", "/inspect", "/exchange", "/exchange/import", "/stations/" + Installation.Mn + "/imported", "/admin/stations", "/admin/stations/import")]
    [InlineData("security-admin", "/admin/users", "/admin/tokens", "/account/totp", "/account")]
    [InlineData("system-admin", "/admin/system", "/admin/backup", "/admin/retention", "/admin/notifications")]
    public async Task Axe_finds_nothing(string role, params string[] paths)
    {
        var page = await installation.SignInAsync(role);
        foreach (var path in paths)
        {
            await page.VisitAsync(path);
            await page.AssertAccessibleAsync();
        }
    }
}
