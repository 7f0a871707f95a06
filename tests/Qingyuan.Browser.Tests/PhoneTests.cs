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
}
