using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Blobs;

/// <summary>File first, row after: what is between them is harmless and goes away.</summary>
public class BlobReferenceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_kill_between_file_and_row_leaves_a_file_that_nothing_refers_to_and_the_next_try_takes_it(Engine engine)
    {
        await using var bench = await BlobBench.OpenAsync(engine);
        var blob = await bench.KeepAsync("photo");
        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.ReferAsync(blob, () => throw new InvalidOperationException("killed")));
        Assert.Null(await bench.Get<BlobReferences>().KeptAtAsync(blob.Sha256, Ct));

        bench.Clock.Advance(TimeSpan.FromHours(23));
        await bench.ReferredAsync("photo");
        bench.Clock.Advance(TimeSpan.FromDays(400));

        Assert.Equal((1, 0, 0), Counts(await bench.ScrubAsync()));
        Assert.Equal("photo", await bench.ReadAsync(blob));
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 7, 0, 0, TimeSpan.Zero), await bench.Get<BlobReferences>().KeptAtAsync(blob.Sha256, Ct));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_nothing_refers_to_goes_after_a_day_and_never_before(Engine engine)
    {
        await using var bench = await BlobBench.OpenAsync(engine);
        var (stays, goes) = (await bench.ReferredAsync("stays"), await bench.KeepAsync("goes"));
        var remains = Path.Combine(bench.Folder, "half.tmp");
        await File.WriteAllTextAsync(remains, "half", Ct);
        File.SetLastWriteTimeUtc(remains, bench.Clock.GetUtcNow().UtcDateTime);

        bench.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal((1, 0, 0), Counts(await bench.ScrubAsync()));
        Assert.Equal(3, bench.Files().Length);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((1, 1, 0), Counts(await bench.ScrubAsync()));

        Assert.Null(await bench.Store.OpenAsync(goes.Sha256, Ct));
        Assert.False(File.Exists(remains));
        Assert.Equal("stays", await bench.ReadAsync(stays));
    }

    [Fact]
    public async Task What_is_kept_again_has_its_day_again_also_between_the_look_and_the_deletion()
    {
        await using var bench = await BlobBench.OpenAsync();
        var blob = await bench.KeepAsync("photo");
        bench.Clock.Advance(TimeSpan.FromHours(25));
        var before = bench.Clock.GetUtcNow() - TimeSpan.FromDays(1);

        await bench.KeepAsync("photo");

        Assert.False(bench.Get<IBlobUpkeep>().Remove(blob.Sha256, before));
        Assert.Equal((0, 0, 0), Counts(await bench.ScrubAsync()));
        Assert.Equal("photo", await bench.ReadAsync(blob));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Nothing_refers_to_what_does_not_exist(Engine engine)
    {
        await using var bench = await BlobBench.OpenAsync(engine);
        var blob = await bench.KeepAsync("photo");
        File.Delete(bench.PathOf(blob));

        var error = await Assert.ThrowsAsync<BlobException>(() => bench.ReferAsync(blob));

        Assert.Equal((BlobFault.Missing, blob.Sha256), (error.Fault, error.Sha256));
        Assert.Null(await bench.Get<BlobReferences>().KeptAtAsync(blob.Sha256, Ct));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Many_at_once_keep_and_refer_to_one(Engine engine)
    {
        await using var bench = await BlobBench.OpenAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => bench.ReferredAsync("photo"))));

        await using var db = bench.Get<IDatabase>().Read();
        var row = Assert.Single(await db.Set<BlobRow>().ToListAsync(Ct));
        Assert.Equal((5, "text/plain", "test", bench.Clock.GetUtcNow()), (row.Length, row.MediaType, row.Purpose, row.KeptAt));
        Assert.Single(bench.Files());
    }

    private static (long Blobs, int Removed, int Damaged) Counts(BlobPass pass) => (pass.Blobs, pass.Removed, pass.Damaged);
}
