using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Blobs;

/// <summary>A real folder, a real database, a clock of the test, and a disk that fills up when the test says so.</summary>
internal sealed class BlobBench : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private BlobBench(ServiceProvider provider, string folder, FullDisk disk) => (_provider, Folder, Disk) = (provider, folder, disk);

    public string Folder { get; }

    public FullDisk Disk { get; }

    public FakeTimeProvider Clock => Get<FakeTimeProvider>();

    public HeardAlarm Alarm => Get<HeardAlarm>();

    public Copies Copies => Get<Copies>();

    public IBlobStore Store => Get<IBlobStore>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<BlobBench> OpenAsync(Engine engine = Engine.Sqlite)
    {
        var data = new DataDirectory(Directory.CreateTempSubdirectory("qingyuan-blobs-").FullName);
        var disk = new FullDisk(data.Blobs);
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero));
        var services = new ServiceCollection().AddLogging().AddSingleton(data).AddSingleton<TimeProvider>(clock).AddSingleton(clock);
        await TestDatabase.AddAsync(services, engine);
        services.AddBlobs(new ConfigurationBuilder().AddInMemoryCollection([new("Blobs:ScrubBytesPerSecond", "0")]).Build());
        services.AddSingleton(provider => new FolderBlobStore(new(data.Blobs), disk, provider.GetRequiredService<BlobOptions>(), clock));
        services.AddSingleton<HeardAlarm>().AddSingleton<IDamageReport>(provider => provider.GetRequiredService<HeardAlarm>());
        services.AddSingleton<Copies>().AddSingleton<IBlobRescue>(provider => provider.GetRequiredService<Copies>());
        var provider = services.BuildServiceProvider();
        await provider.MigrateAsync(Ct);
        return new(provider, data.Blobs, disk);
    }

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    public async Task<KeptBlob> KeepAsync(string text) => await Store.KeepAsync(Encoding.UTF8.GetBytes(text), Ct);

    public async Task<string> ReadAsync(KeptBlob blob) => Encoding.UTF8.GetString(await Store.ReadAsync(blob.Sha256, Ct));

    public Task ReferAsync(KeptBlob blob, Action? before = null) => Get<IDatabase>().WriteAsync(
        async (db, token) =>
        {
            await Get<BlobReferences>().AddAsync(db, blob, "text/plain", "test", token);
            before?.Invoke();
            return true;
        },
        Ct);

    public async Task<KeptBlob> ReferredAsync(string text)
    {
        var blob = await KeepAsync(text);
        await ReferAsync(blob);
        return blob;
    }

    public Task<BlobPass> ScrubAsync() => Get<IBlobScrub>().RunAsync(Ct);

    public string PathOf(KeptBlob blob) => Path.Combine(Folder, blob.Sha256[..2], blob.Sha256[2..4], blob.Sha256);

    public string[] Files() => [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal)];

    public async Task FlipAsync(KeptBlob blob)
    {
        var bytes = await File.ReadAllBytesAsync(PathOf(blob), Ct);
        bytes[^1] ^= 1;
        var written = File.GetLastWriteTimeUtc(PathOf(blob));
        await File.WriteAllBytesAsync(PathOf(blob), bytes, Ct);
        File.SetLastWriteTimeUtc(PathOf(blob), written); // as bits rot: nobody wrote
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}

/// <summary>Takes so many bytes and no more.</summary>
internal sealed class FullDisk(string root) : BlobDisk(root)
{
    public long Room { get; set; } = long.MaxValue;

    public long? Free { get; set; }

    public override void Write(FileStream file, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Room)
        {
            base.Write(file, bytes[..(int)Room]); // what a full disk leaves behind
            throw new IOException("No space left on device");
        }

        Room -= bytes.Length;
        base.Write(file, bytes);
    }

    public override (long Free, long Total) Space() => Free is { } free ? (free, 1L << 40) : (1L << 39, 1L << 40);
}

internal sealed class HeardAlarm : IDamageReport
{
    public List<string> Said { get; } = [];

    public Task DamagedAsync(string cause, string what, CancellationToken ct)
    {
        Said.Add(what);
        return Task.CompletedTask;
    }

    public Task WholeAsync(string cause, CancellationToken ct)
    {
        Said.Add("whole");
        return Task.CompletedTask;
    }
}

/// <summary>Older copies, by name.</summary>
internal sealed class Copies : IBlobRescue
{
    public Dictionary<string, byte[]> All { get; } = [];

    public Task<Stream?> OpenAsync(string sha256, CancellationToken ct) => Task.FromResult<Stream?>(All.TryGetValue(sha256, out var bytes) ? new MemoryStream(bytes) : null);
}
