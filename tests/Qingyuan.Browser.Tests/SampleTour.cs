using System.Diagnostics;
using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

/// <summary>
/// What a newcomer sees: the sample site beside the platform, until the leak of DA003 has been found, mended and closed. Takes the pictures of the documentation:
/// <c>QINGYUAN_SCREENSHOTS=docs/images tests/…/Qingyuan.Browser.Tests -explicit only</c>. Explicit, because the story takes some six minutes.
/// </summary>
public class SampleTour
{
    private const string Leak = "010000A8900016F0000D0003";

    [Fact(Explicit = true)]
    public async Task The_sample_day_ends_in_a_closed_order_with_its_ledger()
    {
        var data = Directory.CreateTempSubdirectory("qingyuan-tour-").FullName;
        using var run = Process.Start(new ProcessStartInfo(Repo.Path("scripts/run-with-sample.sh"), ["--data", data, "--http", "127.0.0.1:0", "--hj212", "127.0.0.1:0"]) { RedirectStandardOutput = true })!;
        try
        {
            var oneTime = "";
            Uri? http = null;
            while (http is null && await run.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.StartsWith("first-sign-in dispatcher ", StringComparison.Ordinal)) oneTime = line.Split(' ')[2];
                if (line.StartsWith("ready ", StringComparison.Ordinal)) http = new(line.Split(' ')[1]["http=".Length..]);
            }

            _ = run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await TourAsync(http!, oneTime);
        }
        finally
        {
            using var stop = Process.Start("kill", ["-TERM", run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await run.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task TourAsync(Uri http, string oneTime)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
        var context = await browser.NewContextAsync(new() { BaseURL = http.ToString(), ViewportSize = new() { Width = 1440, Height = 1000 }, Locale = "zh-CN", TimezoneId = "Asia/Shanghai" });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync("/sign-in");
        await page.FillSignInAsync("dispatcher", oneTime);
        await page.ChangePasswordAsync(oneTime, "清水长流 dispatcher 2026");
        await page.VisitAsync("/work-orders");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("DA003", new() { Timeout = 480_000 });
        await page.VisitAsync("/stations/" + Leak);
        await ShowDayAsync(page, "24 时", "（分钟数据", "station");
        await page.VisitAsync("/");
        await page.KeepAsync("overview");
        await page.VisitAsync("/ledger");
        await page.KeepAsync("ledger");
        await page.VisitAsync("/alarms");
        await page.KeepAsync("alarms");
        await context.AddCookiesAsync([new() { Name = ".AspNetCore.Culture", Value = Uri.EscapeDataString("c=en|uic=en"), Url = http.ToString() }]);
        await page.VisitAsync("/stations/" + Leak);
        await ShowDayAsync(page, "24 h", "(Minutes", "station.en");
        await page.VisitAsync("/");
        await page.KeepAsync("overview.en");
        await page.VisitAsync("/work-orders");
        await page.KeepAsync("work-orders.en");
    }

    /// <summary>The past day in minutes, drawn.</summary>
    private static async Task ShowDayAsync(IPage page, string range, string minutes, string name)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = range, Exact = true }).ClickAsync();
        await page.Locator("#resolution").SelectOptionAsync("Minute");
        await page.Locator($"[aria-label*='{minutes}']").WaitForAsync();
        await page.KeepAsync(name);
    }
}
