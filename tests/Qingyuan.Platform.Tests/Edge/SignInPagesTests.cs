using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Edge;

/// <summary>Sign-in as a browser does it: pages, forms, cookies.</summary>
[Requirement("R-5.7.2-1a")]
public class SignInPagesTests
{
    private const string NewPassword = "a new long password";

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_person_changes_the_one_time_password_works_and_signs_out(Engine engine)
    {
        var house = await HostHouse.OfAsync(engine);
        var name = "p" + Guid.CreateVersion7().ToString("N")[20..];
        var secret = (await house.Services.GetRequiredService<IAccounts>().AddAsync(name, Roles.QcManager, null, Actor.Service("test", "self"), default)).Value;
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = house.Address };

        Assert.StartsWith("/sign-in?returnUrl", await LocationAsync(browser, "/stations"), StringComparison.Ordinal);
        Assert.Equal("/sign-in?error=sign-in.wrong", await PostAsync(browser, "/sign-in", "/account/sign-in", ("name", name), ("password", "wrong")));
        Assert.Equal("/sign-in/password?returnUrl=%2Fstations", await PostAsync(browser, "/sign-in", "/account/sign-in", ("name", name), ("password", secret.Password), ("returnUrl", "/stations")));
        Assert.StartsWith("/sign-in", await LocationAsync(browser, "/stations"), StringComparison.Ordinal);
        Assert.Equal("/sign-in/password?error=password.differ", await PostAsync(browser, "/sign-in/password", "/account/password", ("current", secret.Password), ("new", NewPassword), ("again", "x")));
        Assert.Equal("/", await PostAsync(browser, "/sign-in/password", "/account/password", ("current", secret.Password), ("new", NewPassword), ("again", NewPassword), ("returnUrl", "//evil.example")));
        Assert.Contains("qc-manager", await browser.GetStringAsync(new Uri("/api/v1/me", UriKind.Relative), Ct), StringComparison.Ordinal);
        Assert.Equal("/sign-in", await PostAsync(browser, "/account", "/account/sign-out"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync(new Uri("/api/v1/me", UriKind.Relative), Ct)).StatusCode);
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_is_refused()
    {
        using var browser = (await HostHouse.OfAsync(Engine.Sqlite)).Client();
        using var form = new FormUrlEncodedContent([new("name", "x"), new("password", "x")]);
        using var response = await browser.PostAsync(new Uri("/account/sign-in", UriKind.Relative), form, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Whoever_tries_too_often_reads_so_on_the_sign_in_page()
    {
        var data = Directory.CreateTempSubdirectory("qingyuan-often-").FullName;
        await using var server = await Server.StartAsync(new Dictionary<string, string?> { ["Data"] = data, ["Http"] = "127.0.0.1:0", ["Hj212"] = "127.0.0.1:0", ["Security:SignInsPerMinute"] = "2" });
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = server.Listeners.HttpAddress };
        for (var attempt = 0; attempt < 2; attempt++)
            Assert.Equal("/sign-in?error=sign-in.wrong", await PostAsync(browser, "/sign-in", "/account/sign-in", ("name", "nobody"), ("password", "wrong")));
        var page = await PostAsync(browser, "/sign-in", "/account/sign-in", ("name", "nobody"), ("password", "wrong"));
        Assert.Equal("/sign-in?error=sign-in.too-often", page);
        Assert.Contains("登录尝试太多", WebUtility.HtmlDecode(await browser.GetStringAsync(new Uri(page, UriKind.Relative), Ct)), StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<string> LocationAsync(HttpClient browser, string path)
    {
        using var response = await browser.GetAsync(new Uri(path, UriKind.Relative), Ct);
        return response.Headers.Location is { IsAbsoluteUri: true } absolute ? absolute.PathAndQuery : response.Headers.Location?.ToString() ?? response.StatusCode.ToString();
    }

    private static async Task<string> PostAsync(HttpClient browser, string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await browser.GetStringAsync(new Uri(page, UriKind.Relative), Ct);
        var token = Regex.Match(html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        using var response = await browser.PostAsync(new Uri(action, UriKind.Relative), form, Ct);
        return response.Headers.Location?.ToString() ?? response.StatusCode.ToString();
    }
}
