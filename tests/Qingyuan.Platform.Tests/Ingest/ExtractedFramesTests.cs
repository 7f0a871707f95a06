using System.Buffers;
using System.Text;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Backup;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>What comes out of a backup to be imported.</summary>
public sealed class ExtractedFramesTests
{
    private const string Mn = "EXTRACT001";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Frames_that_were_refused_do_not_come_out_of_a_backup_as_good_ones()
    {
        await using var house = await BackupHouse.StartAsync();
        foreach (var verdict in Enum.GetValues<FrameVerdict>()) await StoreAsync(house, Mn, verdict);
        await StoreAsync(house, "EXTRACT002", FrameVerdict.Rejected);
        var backup = await house.TakeAsync();

        Assert.Equal("##Accepted|##AcceptedWithNotes|##Imported", string.Join('|', await ExtractAsync(house, backup.Path, Mn)));
        Assert.Empty(await ExtractAsync(house, backup.Path, "EXTRACT002"));
    }

    private static async Task<string[]> ExtractAsync(BackupHouse house, string backup, string mn)
    {
        var wall = StationClock.Wall(TimeProvider.System.GetUtcNow());
        var output = Path.Combine(house.Root, mn);
        var extract = await Restorations.ExtractionIn(house.KeyCopies).ExtractAsync(backup, mn, new DateTime(wall.Year, wall.Month, 1), output, null, Ct);
        if (extract.TryGet(out var frames, out var refusal)) return await File.ReadAllLinesAsync(frames.Path, Ct);
        Assert.Equal(("backup.no-frames", "1", false), (refusal.Code, refusal.Args[2].ToString(), File.Exists(output)));
        return [];
    }

    private static async Task StoreAsync(BackupHouse house, string mn, FrameVerdict verdict)
    {
        var arrival = new FrameArrival(0, mn, TimeProvider.System.GetUtcNow(), verdict, null, "127.0.0.1:5000");
        var receipt = await house.Get<IFrameLog>().AppendAsync(arrival, new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes($"##{verdict}\r\n")), Ct);
        await receipt.Durable;
    }
}
