using System.Diagnostics;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

/// <summary>What people do on every page.</summary>
internal static class PageSteps
{
    private static readonly TimeSpan LiveAtLast = TimeSpan.FromSeconds(30);

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

    /// <summary>Until the page that came was replaced by its live one; plain forms have none. What the page keeps in a script outlasts a navigation inside the document, which an attribute does not. Whoever asks the page afterwards waits by himself, so this gives up without a word.</summary>
    private static async Task LiveAsync(this IPage page)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < LiveAtLast;)
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
    }

    /// <summary>The field is enabled a moment before it listens; a person who got no answer would choose the file once more.</summary>
    public static async Task UploadAsync(this IPage page, FilePayload file)
    {
        var input = page.Locator("input[type=file]");
        await Assertions.Expect(input).ToBeEnabledAsync();
        for (var tries = 0; ; tries++)
        {
            await input.SetInputFilesAsync(file);
            try
            {
                await Assertions.Expect(page.Locator("main")).ToContainTextAsync(file.Name, new() { Timeout = 10_000 });
                return;
            }
            catch (PlaywrightException) when (tries < 5)
            {
                await input.SetInputFilesAsync(Array.Empty<FilePayload>());
            }
        }
    }

    // A message that fades in or out has no contrast of its own: what is judged is what it becomes. By a sheet of the document, which the page's policy allows.
    private const string Still = "() => { window.still = new CSSStyleSheet(); still.replaceSync('*, ::before, ::after { animation: none !important; transition: none !important }'); document.adoptedStyleSheets.push(still); }";
    private const string Moving = "() => { document.adoptedStyleSheets = document.adoptedStyleSheets.filter(sheet => sheet !== window.still); }";

    public static async Task AssertAccessibleAsync(this IPage page)
    {
        // While the page that came is replaced by its live one there is no title for a moment.
        await Assertions.Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("."));
        await page.EvaluateAsync(Still);
        var result = await page.RunAxe();
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
