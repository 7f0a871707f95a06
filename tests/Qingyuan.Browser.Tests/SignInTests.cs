using Microsoft.Playwright;

namespace Qingyuan.Browser.Tests;

public class SignInTests(Installation installation)
{
    [Fact]
    public async Task The_first_sign_in_demands_an_own_password_and_then_shows_the_duty_board()
    {
        var page = await installation.SignInAsync("dispatcher");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("值班台");
        await page.AssertAccessibleAsync();
        await page.KeepAsync("overview-zh");
    }

    [Fact]
    public async Task A_wrong_password_says_so_and_nothing_more()
    {
        var page = await installation.OpenAsync();
        await page.GotoAsync("/sign-in");
        await page.AssertAccessibleAsync();
        await page.KeepAsync("sign-in-zh");
        await page.FillSignInAsync("nobody-of-that-name", "wrong");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("账号或口令不对。");
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough_to_sign_in_and_reach_a_station()
    {
        var page = await installation.SignInAsync("qc-manager");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await Assertions.Expect(page.Locator("#name")).ToBeFocusedAsync(); // by itself; until then keys go nowhere
        await page.Keyboard.TypeAsync("qc-manager");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("清水长流 qc-manager 2026");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("nav.rail li").First.WaitForAsync();
        await Assertions.Expect(page.Locator("main .skeleton")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.GetByRole(AriaRole.Combobox).First).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("DA001");
        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync(Installation.StationName);
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("/stations/" + Installation.Mn);
    }

    [Fact]
    public async Task A_page_that_starts_takes_the_focus_from_nobody_who_types_and_a_new_page_does()
    {
        var page = await installation.SignInAsync("qc-manager");
        await page.VisitAsync("/stations");
        await page.GetByRole(AriaRole.Combobox).First.FocusAsync();
        await page.EvaluateAsync("qingyuan.focusHeading(true)");
        await Assertions.Expect(page.GetByRole(AriaRole.Combobox).First).ToBeFocusedAsync();
        await page.EvaluateAsync("qingyuan.focusHeading(false)");
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_a_fast_typist_types_stays_as_it_was_typed()
    {
        var page = await installation.SignInAsync("qc-manager");
        await page.VisitAsync("/stations");
        var box = page.GetByRole(AriaRole.Combobox).First;
        await box.ClickAsync();
        // Without waiting: the renderings of earlier letters arrive while later ones are typed.
        await page.Keyboard.TypeAsync("DA001 DA001 DA001 DA001 DA001");
        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { Name = "没有匹配" })).ToBeVisibleAsync();
        await Assertions.Expect(box).ToHaveValueAsync("DA001 DA001 DA001 DA001 DA001");
    }

    [Fact]
    public async Task Nobody_gets_in_without_signing_in()
    {
        var page = await installation.OpenAsync();
        await page.GotoAsync("/stations");
        await page.ArriveAsync("/sign-in");
    }
}
