using System.Diagnostics;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

/// <summary>What people do on every page.</summary>
internal static class PageSteps
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task FillSignInAsync(this IPage page, string name, string password)
    {
        await page.FillAsync("#name", name);
        await page.FillAsync("#password", password);
        await page.ClickAsync("button[type=submit]");
    }

    public static async Task ChangePasswordAsync(this IPage page, string current, string next)
    {
        await page.ArriveAsync("/sign-in/password");
        await page.FillAsync("#current", current);
        await page.FillAsync("#new", next);
        await page.FillAsync("#again", next);
        await page.ClickAsync("button[type=submit]");
    }

    /// <summary>Waits until the address holds <paramref name="path"/>. Looks at the address itself: a navigation inside the document may be over before anybody waits for its event.</summary>
    public static Task ArriveAsync(this IPage page, string path) =>
        Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(System.Text.RegularExpressions.Regex.Escape(path) + "($|[?#])"));

    /// <summary>Opens a page and waits until its circuit has replaced the skeletons.</summary>
    public static async Task VisitAsync(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.LiveAsync();
        await page.Locator("main h1").First.WaitForAsync();
        await Assertions.Expect(page.Locator("main .skeleton")).ToHaveCountAsync(0);
    }

    /// <summary>Until the page that came was replaced by its live one; plain forms have none. What the page keeps in a script outlasts a navigation inside the document, which an attribute does not.</summary>
    private static async Task LiveAsync(this IPage page)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < Patience;)
        {
            try
            {
                if (await page.EvaluateAsync<bool>("() => window.circuit === true || document.querySelector('nav.rail') === null")) return;
            }
            catch (PlaywrightException)
            {
                // asked in the middle of a navigation
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"{page.Url} did not become live.");
    }

    /// <summary>Visits again until the page, which reads only once, shows it.</summary>
    /// <param name="before">Done before each visit.</param>
    public static Task VisitUntilAsync(this IPage page, string path, ILocator shown, Func<Task>? before = null) => page.VisitUntilAsync(path, async () => await shown.CountAsync() > 0, before);

    /// <summary>The same for what is more than to be there.</summary>
    public static async Task VisitUntilAsync(this IPage page, string path, Func<Task<bool>> isShown, Func<Task>? before = null)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < Patience;)
        {
            if (before is not null) await before();
            await page.VisitAsync(path);
            if (await isShown()) return;
        }

        Assert.Fail($"{path} never showed it: {await page.Locator("main").InnerTextAsync()}");
    }

    /// <summary>The field is enabled a moment before it listens: the script marks it when it does.</summary>
    public static async Task UploadAsync(this IPage page, FilePayload file)
    {
        var input = page.Locator("input[type=file]");
        await Assertions.Expect(input).ToBeEnabledAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('input[type=file]')?._blazorInputFileNextFileId !== undefined");
        await input.SetInputFilesAsync(file);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(file.Name);
    }

    // A message that fades in or out has no contrast of its own: what is judged is what it becomes. By a sheet of the document, which the page's policy allows.
    private const string Still = "() => { window.still = new CSSStyleSheet(); still.replaceSync('*, ::before, ::after { animation: none !important; transition: none !important }'); document.adoptedStyleSheets.push(still); }";
    private const string Moving = "() => { document.adoptedStyleSheets = document.adoptedStyleSheets.filter(sheet => sheet !== window.still); }";

    // There is no title for a moment while the page that came is replaced by its live one; that there is one is waited for.
    private static readonly AxeRunOptions TitleApart = new() { Rules = new() { ["document-title"] = new() { Enabled = false } } };

    public static async Task AssertAccessibleAsync(this IPage page)
    {
        await page.LiveAsync();
        await Assertions.Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("."));
        await page.EvaluateAsync(Still);
        var result = await page.RunAxe(TitleApart);
        await page.EvaluateAsync(Moving);
        Assert.True(result.Violations.Length is 0, string.Join('\n', result.Violations.Select(violation =>
            $"{page.Url} {violation.Id}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}")));
    }

    /// <summary>Keeps a picture when QINGYUAN_SCREENSHOTS names a folder: the documentation shows these.</summary>
    public static async Task KeepAsync(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("QINGYUAN_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
    }
}
