using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Segments;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Ingest.Session;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Ingest.ImportFrames;

/// <summary>Stores the frames of an archive as imported, one archive at a time. They reach their twins the same way as live ones; nothing here decodes a value.</summary>
internal sealed class FrameImporter(IFrameLog log, IFrameReader frames, IStationDirectory stations, ArchiveLedger archives, ImportRoom room, TimeProvider time) : IFrameImport, IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task<Result<FrameImportResult>> ImportAsync(Stream archive, string name, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(archive);
        if (!await HasLinesAsync(archive, ct)) return new Refusal("import.no-rows", name);
        var sha256 = await HashAsync(archive, ct);
        await _one.WaitAsync(ct); // the same file twice at once would find neither of the two done
        try
        {
            if (await archives.DoneAsync(sha256, ct) is { } earlier) return earlier.Refuse(name);
            if (await room.LackAsync(name, archive.Length, ct) is { } lack) return lack; // before anything is begun
            return await StoreAsync(archive, sha256, name, actor, ct);
        }
        catch (FramesNotStoredException)
        {
            if (await room.LackAsync(name, archive.Length, ct) is { } lack) return lack;
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task<FrameImportPreview> PreviewAsync(Stream archive, int mostNamed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(archive);
        var sha256 = await HashAsync(archive, ct);
        var tally = new ImportTally(mostNamed);
        await foreach (var line in ArchiveLines.ReadAsync(archive, ct)) tally.Add(Judge(line).Reason);
        return tally.Preview(sha256, await archives.DoneAsync(sha256, ct));
    }

    public void Dispose() => _one.Dispose();

    private static async Task<bool> HasLinesAsync(Stream archive, CancellationToken ct)
    {
        await using var lines = ArchiveLines.ReadAsync(archive, ct).GetAsyncEnumerator(ct);
        var any = await lines.MoveNextAsync();
        archive.Position = 0;
        return any;
    }

    private static async Task<string> HashAsync(Stream archive, CancellationToken ct)
    {
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(archive, ct));
        archive.Position = 0;
        return sha256;
    }

    private async Task<FrameImportResult> StoreAsync(Stream archive, string sha256, string name, Actor actor, CancellationToken ct)
    {
        var before = new StoredBefore(frames, await archives.BegunAsync(sha256, ct));
        var id = Guid.CreateVersion7();
        await archives.BeginAsync(id, sha256, name, actor, ct);
        var result = (await StoreAsync(archive, ArchiveLedger.Source(id.ToString()), before, ct)).Result(id, sha256);
        await archives.EndAsync(result, name, actor, ct);
        return result;
    }

    private async Task<ImportTally> StoreAsync(Stream archive, string source, StoredBefore before, CancellationToken ct)
    {
        var tally = new ImportTally();
        var durable = Task.CompletedTask;
        try
        {
            await foreach (var line in ArchiveLines.ReadAsync(archive, ct))
            {
                var (reason, station) = Judge(line);
                if (station is null) tally.Add(reason);
                else if (await before.TakeAsync(station.Mn, line, ct)) tally.AddEarlier();
                else
                {
                    var arrival = new FrameArrival(station.StationNo, station.Mn, time.GetUtcNow(), FrameVerdict.Imported, null, source);
                    var receipt = await log.AppendAsync(arrival, new(line), ct);
                    var last = durable;
                    durable = receipt.Durable;
                    if (!ReferenceEquals(last, durable)) await last;
                    tally.Add(reason);
                }
            }
        }
        finally
        {
            // Whoever repeats an import that was cut off must see all that it had stored.
            await durable.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await durable;
        return tally;
    }

    /// <summary>The archive's owner vouches for it, so passwords and addresses are not asked; shape, check value and MN are.</summary>
    private (IntakeReason Reason, StationAccess? Station) Judge(byte[] line)
    {
        var buffer = new ReadOnlySequence<byte>(line);
        if (FrameCutter.TryCut(ref buffer, out var cut, LineState.Ended) is not FrameStatus.Complete)
            return (cut.Why is FrameRejection.None ? IntakeReason.NoHeader : IntakeReasons.Of(cut.Why), null);
        if (!buffer.IsEmpty) return (IntakeReason.NoTail, null);
        if (!SegmentHeader.TryParse(cut.SegmentSpan([]), out var header, out _)) return (IntakeReason.HeaderUnreadable, null);
        if (header.Mn.Length > UnknownStations.LongestMn) return (IntakeReason.UnknownMn, null);
        Span<char> mn = stackalloc char[UnknownStations.LongestMn];
        var station = stations.FindAccess(mn[..Encoding.Latin1.GetChars(header.Mn, mn)]);
        return station is null ? (IntakeReason.UnknownMn, null) : (IntakeReason.None, station);
    }
}
