using System.Security.Cryptography;
using Microsoft.Playwright;
using Qingyuan.Browser.Tests.Peers;

namespace Qingyuan.Browser.Tests;

/// <summary>A person who calls a node that waits, while the node that serves dies.</summary>
public sealed class ClusterTests(Installation installation)
{
    [Fact]
    public async Task Who_is_signed_in_at_one_node_stays_so_when_another_dies()
    {
        await using var postgres = await PostgresServer.OwnAsync();
        var (database, key) = (await postgres.NewDatabaseAsync(), Path.GetTempFileName());
        await File.WriteAllTextAsync(key, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), TestContext.Current.CancellationToken);
        await using var serves = await PlatformProcess.StartNodeAsync(database, key);
        await using var waits = await PlatformProcess.StartNodeAsync(database, key);
        var page = await installation.OpenAsync(address: waits.Http);
        await page.GotoAsync("/sign-in");
        await page.FillSignInAsync("system-admin", serves.FirstSignIn["system-admin"]);
        await page.ChangePasswordAsync(serves.FirstSignIn["system-admin"], "清水长流 system-admin 2026");
        await page.Locator("nav.rail li a").First.WaitForAsync();
        await page.VisitAsync("/admin/system");
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("待命，可接替");
        await page.KeepAsync("cluster-before");

        serves.Kill();

        // Without a hand on it: the page finds the node that serves now, still signed in.
        await Assertions.Expect(page.Locator("main td", new() { HasText = "服务中" })).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("body")).Not.ToContainTextAsync("待命，可接替");
        await Assertions.Expect(page.Locator("main h1")).ToBeVisibleAsync();
        await page.KeepAsync("cluster-after");
    }
}
