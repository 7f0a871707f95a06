using System.Net;
using Microsoft.Playwright;
using Qingyuan.Browser.Tests.Peers;

namespace Qingyuan.Browser.Tests;

/// <summary>The real platform on free ports over an empty data directory, with one station whose logger we play, and a real Chromium.</summary>
public sealed class Installation : IAsyncLifetime
{
    public const string Mn = "010000A8900016F000169DC0";
    public const string StationName = "一号烟囱";
    public const string Password = "123456";

    /// <summary>Milliseconds: a loaded machine is slow, not wrong.</summary>
    private const float Patience = 120_000;

    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly Dictionary<string, string> _passwords = [];
    private readonly Dictionary<string, string> _added = [];
    private readonly List<IBrowserContext> _contexts = [];
    private readonly string _data = Directory.CreateTempSubdirectory("qingyuan-browser-").FullName;
    private PlatformProcess? _platform;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _test;

    public Uri Http => _platform!.Http;

    public IPEndPoint Hj212 => _platform!.Hj212;

    public Logger Logger { get; private set; } = null!;

    /// <summary>Accounts that have not signed in yet, with their one-time passwords.</summary>
    public IReadOnlyDictionary<string, string> OneTime => _platform!.FirstSignIn;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium)) Assert.Skip($"No browser at {Chromium}: apt-get install chromium");
        _platform = await PlatformProcess.StartAsync(_data);
        await AddStationAsync(Mn, StationName,
            "--outlet", "DA001", "--discharger", "sample-energy", "--discharger-name", "示例能源", "--technician", "technician", "--reference-oxygen", "15",
            "--longitude", "108.3912", "--latitude", "22.8421", "--datum", "wgs84");
        Logger = new(_platform.Hj212, Mn, Password);
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Headless = true, Args = Arguments, Timeout = Patience });
    }

    /// <summary>One more station, for what must not be disturbed by what others send or the platform asks because of it.</summary>
    public Task AddStationAsync(string mn, string name, params string[] more) =>
        PlatformProcess.RunAsync(["station", "add", mn, "--data", _data, "--name", name, "--kind", "gas", "--edition", "2017", "--password", Password, .. more]);

    /// <summary>One more account, for what must not change the accounts others sign in with.</summary>
    public async Task AddUserAsync(string name, string role) =>
        _added[name] = (await PlatformProcess.RunAsync("user", "add", name, "--role", role, "--data", _data)).TrimEnd().Split('\n')[^1];

    /// <summary>A fresh browser profile that nobody is signed in to.</summary>
    public async Task<IPage> OpenAsync(string culture = "zh-CN", Uri? address = null)
    {
        await LeaveAsync();
        var context = await _browser!.NewContextAsync(new() { BaseURL = (address ?? Http).ToString(), ViewportSize = new() { Width = 1440, Height = 900 }, Locale = culture, TimezoneId = "Asia/Shanghai" });
        _contexts.Add(context);
        context.SetDefaultTimeout(Patience);
        context.SetDefaultNavigationTimeout(Patience);
        if (culture is not "zh-CN")
            await context.AddCookiesAsync([new() { Name = ".AspNetCore.Culture", Value = WebUtility.UrlEncode($"c={culture}|uic={culture}"), Url = Http.ToString() }]);
        return await context.NewPageAsync();
    }

    /// <summary>Signs <paramref name="name"/> in; the first time with the one-time password, which must be changed at once.</summary>
    public async Task<IPage> SignInAsync(string name, string culture = "zh-CN")
    {
        var page = await OpenAsync(culture);
        await page.GotoAsync("/sign-in");
        if (_passwords.TryGetValue(name, out var password))
        {
            await page.FillSignInAsync(name, password);
        }
        else
        {
            var once = _added.GetValueOrDefault(name) ?? OneTime[name];
            await page.FillSignInAsync(name, once);
            var next = $"清水长流 {name} 2026";
            await page.ChangePasswordAsync(once, next);
            _passwords[name] = next;
        }
        await ArrivedAsync(page, name);
        return page;
    }

    /// <summary>Closes what the test before opened: pages that nobody looks at any more go on drawing what happens.</summary>
    private async Task LeaveAsync()
    {
        var test = TestContext.Current.Test?.UniqueID;
        if (test == _test) return;
        _test = test;
        foreach (var context in _contexts) await context.CloseAsync();
        _contexts.Clear();
    }

    /// <summary>Whoever is refused sees why; so does whoever reads the failed test.</summary>
    private static async Task ArrivedAsync(IPage page, string name)
    {
        try
        {
            await page.Locator("nav.rail li a").First.WaitForAsync();
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"{name} is not signed in; {page.Url} shows: {await page.Locator("body").InnerTextAsync()}", late);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_platform is not null) await _platform.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
