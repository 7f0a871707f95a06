using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Host.Commands;
using Qingyuan.Host.Control;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Ingest.ImportFrames;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Edge;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>Archives of raw frames while the disk fills up.</summary>
public sealed class ImportRoomTests
{
    private static readonly Actor Chen = new("u:chen", Roles.Dispatcher, "self", "password");
    private static int _numbers;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_disk_that_fills_up_is_named_with_what_is_free_and_needed_and_the_import_is_done_again()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var (mn, archive, disk) = await BeginAsync(house, frames: 5);
        var log = new FillingLog(house.Services.GetRequiredService<IFrameLog>(), disk, room: 2);
        using var import = Importer(house, log, disk);

        var refusal = (await import.ImportAsync(new MemoryStream(archive), "may.txt", Chen, Ct)).Refusal;
        Assert.Equal("import.disk-full", refusal.Code);
        Assert.Equal($"may.txt|{house.Data}|10|101", string.Join('|', refusal.Args));
        Assert.Equal(2, await StoredAsync(house, mn));

        (disk.IsFull, log.Room) = (false, int.MaxValue);
        var result = (await import.ImportAsync(new MemoryStream(archive), "may.txt", Chen, Ct)).Value;
        Assert.Equal((5L, 2L), (result.Imported, result.Earlier));
        Assert.Equal(5, await StoredAsync(house, mn));
    }

    [Fact]
    public async Task On_a_full_disk_nothing_is_begun()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var (mn, archive, disk) = await BeginAsync(house, frames: 1);
        disk.IsFull = true;
        using var import = Importer(house, house.Services.GetRequiredService<IFrameLog>(), disk);

        Assert.Equal("import.disk-full", (await import.ImportAsync(new MemoryStream(archive), "may.txt", Chen, Ct)).Refusal.Code);

        Assert.Equal(0, await StoredAsync(house, mn));
        var subject = "frame-archive:" + Convert.ToHexStringLower(SHA256.HashData(archive));
        Assert.Empty((await house.Services.GetRequiredService<ILedgerReader>().ListAsync(new(Subject: subject), Ct)).Items);
    }

    [Fact]
    public async Task What_else_fails_is_thrown_as_it_is()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var (_, archive, disk) = await BeginAsync(house, frames: 1);
        using var import = Importer(house, new FillingLog(house.Services.GetRequiredService<IFrameLog>(), new NarrowDisk(), room: 0), disk);

        await Assert.ThrowsAsync<FramesNotStoredException>(() => import.ImportAsync(new MemoryStream(archive), "may.txt", Chen, Ct));
    }

    [Fact]
    public async Task The_command_line_says_it_in_a_sentence()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var said = house.Services.Refuse(new("import.disk-full", "may.txt", "/data", 10L, 101L));

        Assert.StartsWith("import.disk-full: may.txt was not imported to its end: the disk of the data directory /data has 10 MB free, and 101 MB are needed", said.Error, StringComparison.Ordinal);
        Assert.Equal(Exit.WorldFailed, said.Exit);
    }

    private static async Task<(string Mn, byte[] Archive, NarrowDisk Disk)> BeginAsync(HostHouse house, int frames)
    {
        var mn = $"ROOM{Interlocked.Increment(ref _numbers):D8}";
        Assert.True((await house.Services.GetRequiredService<IStationArchive>().AddAsync(new(mn, "站", StationKind.Water, 2017, "123456"), Actor.Service("test", "self"), Ct)).IsOk);
        return (mn, [.. Enumerable.Range(1, frames).SelectMany(minute => Logger.Frame(Segment(mn, minute)))], new NarrowDisk());
    }

    private static string Segment(string mn, int minute) => string.Create(
        CultureInfo.InvariantCulture, $"QN=2025030108{minute:D2}00001;ST=32;CN=2051;PW=123456;MN={mn};Flag=4;CP=&&DataTime=2025030108{minute:D2}00;w01018-Avg=18.2,w01018-Flag=N&&");

    private static FrameImporter Importer(HostHouse house, IFrameLog log, NarrowDisk disk)
    {
        var services = house.Services;
        return new(
            log, services.GetRequiredService<IFrameReader>(), services.GetRequiredService<IStationDirectory>(), services.GetRequiredService<ArchiveLedger>(), new(disk, services.GetRequiredService<DataDirectory>()), TimeProvider.System);
    }

    private static async Task<int> StoredAsync(HostHouse house, string mn) => (await house.Services.GetRequiredService<IFrameReader>().ListAsync(new(mn, null, null, FrameVerdict.Imported), Ct)).Items.Count;

    /// <summary>A disk that must keep 100 MB free.</summary>
    private sealed class NarrowDisk : IStorageStatus
    {
        private const long Megabyte = 1L << 20;

        public bool IsFull { get; set; }

        public Task<StorageStatus> NowAsync(CancellationToken ct) => Task.FromResult(new StorageStatus("files", 0, null, (IsFull ? 10 : 1000) * Megabyte, 100 * Megabyte, null, 0));

        public long? Spare() => (IsFull ? -90 : 900) * Megabyte;
    }

    /// <summary>The real log, until its room is taken.</summary>
    private sealed class FillingLog(IFrameLog log, NarrowDisk disk, int room) : IFrameLog
    {
        public int Room { get; set; } = room;

        public string? Trouble => log.Trouble;

        public ValueTask<FrameReceipt> AppendAsync(FrameArrival arrival, ReadOnlySequence<byte> bytes, CancellationToken ct)
        {
            if (Room-- > 0) return log.AppendAsync(arrival, bytes, ct);
            disk.IsFull = true;
            return ValueTask.FromResult(new FrameReceipt(default, Task.FromException(new FramesNotStoredException("disk-nearly-full", null))));
        }
    }
}
