using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class RightsTests(Installation installation)
{
    [Fact]
    public async Task A_page_of_another_role_is_refused_not_only_hidden()
    {
        var page = await installation.SignInAsync("technician");
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation).GetByText("账号", new() { Exact = true })).ToHaveCountAsync(0);
        var response = await page.GotoAsync("/admin/users");
        Assert.Equal(403, response!.Status);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("没有权限打开这一页");
    }

    [Theory]
    [InlineData("security-admin", "/admin/users")]
    [InlineData("system-admin", "/admin/system")]
    [InlineData("audit-admin", "/ledger")]
    public async Task Each_administrator_lands_on_the_own_page_and_sees_no_business(string role, string first)
    {
        var page = await installation.SignInAsync(role);
        await page.WaitForURLAsync("**" + first);
        var response = await page.GotoAsync("/stations");
        Assert.Equal(403, response!.Status);
    }

    [Fact]
    public async Task The_audit_administrator_reads_who_signed_in()
    {
        var page = await installation.SignInAsync("audit-admin");
        await page.VisitAsync("/ledger");
        await Assertions.Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
        await page.KeepAsync("audit-zh");
    }
}
