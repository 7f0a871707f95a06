using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Playwright;
using Qingyuan.Browser.Tests.Peers;

namespace Qingyuan.Browser.Tests;

public class RemoteTests(Installation installation)
{
    /// <summary>A station that nobody else sends for: what is missing of others is asked for by the platform itself.</summary>
    private const string Own = "010000A8900016F000169DC1";

    private static readonly TimeProvider Clock = TimeProvider.System;

    [Fact]
    public async Task A_person_enrols_a_second_factor_and_blows_back_a_probe_from_afar()
    {
        var at = Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime;
        await installation.AddStationAsync(Own, "远程控制");
        await using var logger = await AnsweringLogger.ConnectAsync(installation.Hj212, Own, Installation.Password, at, "a21026-Rtd=12.3,a21026-ZsRtd=12.9,a21026-Flag=N");
        await installation.AddUserAsync("remote-qc", "qc-manager");
        var page = await installation.SignInAsync("remote-qc");

        await page.VisitAsync("/account/totp");
        await page.GetByRole(AriaRole.Button, new() { Name = "生成二维码" }).ClickAsync();
        var key = (await page.Locator("p.secret").TextContentAsync())!;
        await page.FillAsync("#enrol-code", Code(key, 0));
        await page.Locator("form button[type=submit]").ClickAsync();
        await page.Locator("pre.secret").WaitForAsync();

        await page.VisitAsync($"/stations/{Own}/operations");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "重启数据采集传输仪", Exact = true })).ToBeDisabledAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "启动反吹", Exact = true }).ClickAsync();
        await page.Locator("select[id='parameter-factor']").SelectOptionAsync("a21026");
        await page.FillAsync("#ask-reason", "滤芯压差偏高");
        await page.FillAsync("#ask-code", Code(key, 1));
        await page.AssertAccessibleAsync();
        await page.KeepAsync("operations-ask-zh");
        await page.Locator("form button[type=submit]").ClickAsync();
        var entry = page.Locator("details").First;
        await Assertions.Expect(entry).ToContainTextAsync("已完成");
        await entry.Locator("summary").ClickAsync();
        await Assertions.Expect(entry).ToContainTextAsync("设备已受理");
        Assert.Equal(["3013"], logger.Asked);
        await page.AssertAccessibleAsync();
        await page.KeepAsync("operations-zh");

        // The factor shown a minute ago still counts; setting the clock asks for nothing more.
        await page.GetByRole(AriaRole.Button, new() { Name = "校时", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#ask-code")).ToHaveCountAsync(0);
        await page.FillAsync("#ask-reason", "偏差 40 秒");
        await page.Locator("form button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("details").First).ToContainTextAsync("校时");
        await Assertions.Expect(page.Locator("details").First).ToContainTextAsync("已完成");

        await page.GetByRole(AriaRole.Button, new() { Name = "人工标记" }).ClickAsync();
        await page.SelectOptionAsync("#mark-factor", "a21002");
        await page.SelectOptionAsync("#mark-letter", "D");
        await page.FillAsync("#mark-note", "转换炉温度低");
        await page.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "保存草稿" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "结束", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "结束", Exact = true })).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("人工 转换炉温度低");

        await page.VisitAsync("/stations/" + Own);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("启动反吹");
    }

    [Fact]
    public async Task Who_may_only_look_sees_the_commands_and_no_way_to_ask()
    {
        var page = await installation.SignInAsync("regulator");
        await page.VisitAsync($"/stations/{Installation.Mn}/operations");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "命令记录" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "启动反吹" })).ToHaveCountAsync(0);
    }

    private static string Code(string base32, int stepsAhead)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var (bytes, bits, held) = (new List<byte>(), 0, 0);
        foreach (var letter in base32.Trim())
        {
            held = (held << 5) | Letters.IndexOf(letter, StringComparison.Ordinal);
            if ((bits += 5) < 8) continue;
            bytes.Add((byte)(held >> (bits -= 8)));
        }

        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, (Clock.GetUtcNow().ToUnixTimeSeconds() / 30) + stepsAhead);
#pragma warning disable CA5350 // RFC 6238 as authenticator apps have it
        var mac = HMACSHA1.HashData(bytes.ToArray(), counter);
#pragma warning restore CA5350
        return ((BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 0xf)) & int.MaxValue) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
