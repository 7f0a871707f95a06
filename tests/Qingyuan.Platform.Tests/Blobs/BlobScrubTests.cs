using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.Blobs;

/// <summary>Damage is found while older copies still have what is needed.</summary>
public class BlobScrubTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Damaged_and_missing_blobs_are_named_and_alarmed_until_they_are_whole_again(Engine engine)
    {
        await using var bench = await BlobBench.OpenAsync(engine);
        var (whole, flipped, lost) = (await bench.ReferredAsync("whole"), await bench.ReferredAsync("flipped"), await bench.ReferredAsync("lost"));
        Assert.Equal(0, (await bench.ScrubAsync()).Damaged);
        await bench.FlipAsync(flipped);
        File.Delete(bench.PathOf(lost));

        var pass = await bench.ScrubAsync();

        Assert.Equal((3, 16, 0, 2), (pass.Blobs, pass.Bytes, pass.Repaired, pass.Damaged));
        Assert.Equal(new[] { $"blob {flipped.Sha256}: damaged (test, 7 bytes)", $"blob {lost.Sha256}: missing (test, 4 bytes)" }.Order(StringComparer.Ordinal), pass.Findings.Order(StringComparer.Ordinal));
        var status = await bench.Get<IBlobScrub>().NowAsync(Ct);
        Assert.Equal((3, 16, 2), (status.Blobs, status.Bytes, status.Last!.Damaged));
        Assert.Equal(pass.Findings, status.Last.Findings);
        await bench.KeepAsync("flipped");
        await bench.KeepAsync("lost");
        Assert.Equal(0, (await bench.ScrubAsync()).Damaged);
        Assert.Equal(["whole", pass.Findings[0] + " (+1)", "whole"], bench.Alarm.Said);
        Assert.Equal("whole", await bench.ReadAsync(whole));
    }

    [Fact]
    public async Task What_an_older_copy_has_comes_back_and_a_copy_of_something_else_does_not_pass()
    {
        await using var bench = await BlobBench.OpenAsync();
        var (flipped, lost) = (await bench.ReferredAsync("flipped"), await bench.ReferredAsync("lost"));
        await bench.FlipAsync(flipped);
        File.Delete(bench.PathOf(lost));
        bench.Copies.All[flipped.Sha256] = "flipped"u8.ToArray();
        bench.Copies.All[lost.Sha256] = "LOST"u8.ToArray();

        var pass = await bench.ScrubAsync();

        Assert.Equal((1, $"blob {lost.Sha256}: missing (test, 4 bytes)"), (pass.Repaired, Assert.Single(pass.Findings)));
        Assert.Equal("flipped", await bench.ReadAsync(flipped));
    }

    [Fact]
    public async Task A_disk_too_full_to_bring_one_back_leaves_it_damaged_and_the_walk_goes_on()
    {
        await using var bench = await BlobBench.OpenAsync();
        var lost = await bench.ReferredAsync("lost");
        File.Delete(bench.PathOf(lost));
        bench.Copies.All[lost.Sha256] = "lost"u8.ToArray();
        bench.Disk.Room = 0;

        Assert.Equal(1, (await bench.ScrubAsync()).Damaged);
        bench.Disk.Room = long.MaxValue;
        Assert.Equal(1, (await bench.ScrubAsync()).Repaired);
    }

    [Fact]
    public async Task More_than_a_page_of_blobs_is_read_whole()
    {
        await using var bench = await BlobBench.OpenAsync();
        for (var number = 0; number < 501; number++) await bench.ReferredAsync($"photo {number}");

        Assert.Equal(501, (await bench.ScrubAsync()).Blobs);
    }

    [Fact]
    public async Task It_walks_by_itself_once_at_the_start_and_then_every_week()
    {
        await using var bench = await BlobBench.OpenAsync();
        await bench.ReferredAsync("photo");
        var scrub = bench.Get<BlobScrub>();
        await scrub.StartAsync(Ct);
        await Eventually.That(async () => (await scrub.NowAsync(Ct)).Last is not null, () => bench.Clock.Advance(TimeSpan.FromMinutes(1)));
        var first = (await scrub.NowAsync(Ct)).Last!.At;

        await Eventually.That(async () => (await scrub.NowAsync(Ct)).Last!.At > first, () => bench.Clock.Advance(TimeSpan.FromHours(1)));

        var second = (await scrub.NowAsync(Ct)).Last!.At;
        Assert.True(second - first >= TimeSpan.FromDays(7), $"{second - first}");
        await scrub.StopAsync(Ct);
    }
}
