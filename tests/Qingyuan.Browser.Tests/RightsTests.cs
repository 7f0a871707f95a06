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
        await page.ArriveAsync(first);
        var response = await page.GotoAsync("/stations");
        Assert.Equal(403, response!.Status);
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_says_so_whoever_asks()
    {
        var page = await installation.SignInAsync("system-admin");
        var response = await page.GotoAsync("/no/such/page");
        Assert.Equal(404, response!.Status);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("没有这一页");
    }

    [Fact]
    public async Task No_inline_script_runs_unless_the_answer_itself_vouches_for_it()
    {
        var page = await installation.SignInAsync("dispatcher");
        var first = (await page.GotoAsync("/stations/" + Installation.Mn))!.Headers["content-security-policy"];
        var second = (await page.GotoAsync("/stations"))!.Headers["content-security-policy"];
        var scripts = first.Split(';').Single(part => part.TrimStart().StartsWith("script-src", StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe", scripts, StringComparison.Ordinal);
        Assert.NotEqual(first, second); // the nonce is of one answer only
        await page.EvaluateAsync("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.injected = true' }))");
        Assert.False(await page.EvaluateAsync<bool>("window.injected === true"));
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
