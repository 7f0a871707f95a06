using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Cold;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Frames;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Auditing;

/// <summary>Walks the store itself, past everything that is kept in memory.</summary>
internal sealed class TelemetryAudit(IFrameStore frames, IChunkStore chunks, ColdCatalogue cold, IDeletedMonths deleted, DamagedFiles files) : ITelemetryAudit
{
    public const string Chunk = "chunk";
    public const string Cold = "cold";
    public const string File = "file";
    private const int MaxFindings = 100;
    private const int Page = 16;

    public async Task<TelemetryReport> RunAsync(CancellationToken ct) => (await RunAsync(Pace.Full, ct)).Report;

    /// <summary>The same at a pace, and which chunks and cold parts are damaged.</summary>
    /// <param name="pace">How fast.</param>
    /// <param name="ct">Stops the walk.</param>
    /// <param name="mark">Where the walk over the frames begins, and is told how far it came; null for one from the first batch that leaves no trace.</param>
    public Task<TelemetryWalk> RunAsync(Pace pace, CancellationToken ct, WalkMark? mark = null) => Task.Run(
        async () =>
        {
            var gone = await deleted.FramesAsync(ct); // before the walk: what explains a gap is there before the gap is
            return Run(new(gone.SelectMany(month => month.Stretches)), pace, mark, ct) with { NewestGone = gone.Max(month => (int?)ColdFormat.MonthOf(month.Month)) };
        },
        ct);

    private TelemetryWalk Run(DeletedStretches gone, Pace pace, WalkMark? mark, CancellationToken ct)
    {
        files.Forget();
        var (findings, damaged) = (new List<TelemetryFinding>(), new List<ChunkKey>());
        var parts = WalkCold(findings, pace, ct);
        // Chunks first: every frame they name was in the log before them.
        var (count, newestBatch) = WalkChunks(findings, damaged, pace, ct);
        AddUnmended(findings, damaged);
        var before = findings.Count;
        var report = WalkFrames(findings, gone, pace, mark, ct);
        var (isThrough, isLogWhole) = (findings.Count - before < MaxFindings, findings.Count == before && !files.All.Any(file => file.File.StartsWith("frame", StringComparison.Ordinal)));
        findings.AddRange(files.All.Select(file => new TelemetryFinding(File, file.File, file.Why)));
        // A walk that broke off for its findings does not know where the log ends.
        if (newestBatch > report.Last && isThrough) findings.Add(new("chunk-frame", $"batch {newestBatch}", $"values name it, the log ends with {report.Last}"));
        return new(new(report.Batches, report.Frames, count, Convert.ToHexStringLower(report.Head), report.Newest, findings), damaged, parts) { IsLogWhole = isLogWhole };
    }

    /// <summary>What was set aside is nowhere else: without this its values would be missing and nobody would know.</summary>
    private void AddUnmended(List<TelemetryFinding> findings, List<ChunkKey> damaged)
    {
        foreach (var key in chunks.Unmended().Select(chunk => chunk.Key).Distinct().Except(damaged))
            if (findings.Count < MaxFindings) findings.Add(new(Chunk, key.ToString(), "set aside as damaged and not made anew yet"));
        foreach (var part in cold.Unmended())
            if (findings.Count < MaxFindings) findings.Add(new(Cold, part.Files[0].Name, "set aside as damaged and not made anew yet"));
    }

    private List<ColdPart> WalkCold(List<TelemetryFinding> findings, Pace pace, CancellationToken ct)
    {
        var damaged = new List<ColdPart>();
        foreach (var part in cold.All())
        {
            try
            {
                foreach (var file in part.Files) cold.Check(file, pace, ct);
            }
            catch (ColdFileException error)
            {
                findings.Add(new(Cold, part.Files[0].Name, error.Message));
                damaged.Add(part);
            }
        }

        return damaged;
    }

    /// <summary>However many chunks are damaged: they can be made anew, frames cannot.</summary>
    private (long Batches, long Frames, long Last, byte[] Head, DateTimeOffset? Newest) WalkFrames(List<TelemetryFinding> findings, DeletedStretches gone, Pace pace, WalkMark? mark, CancellationToken ct)
    {
        var (batches, frameCount, before) = (0L, 0L, findings.Count);
        var begin = Beginning(mark);
        var (last, head, newest) = begin is null ? (0L, LogHead.Empty.Sha256, (DateTimeOffset?)null) : (begin.Id, begin.Sha256, Micros.Instant(begin.ReceivedTo));
        for (var rows = ReadAfter(last); rows.Count > 0 && findings.Count - before < MaxFindings; rows = ReadAfter(last))
        {
            foreach (var row in rows)
            {
                pace.After(row.Content.Length, ct);
                if (!gone.Bridge(head, row.PreviousSha256)) findings.Add(new("chain", $"batch {row.Id}", $"does not follow batch {last}"));
                if (CountFrames(row, findings) is { } counted) frameCount += counted;
                batches++;
                (last, head, newest) = (row.Id, row.Sha256, Later(newest, Micros.Instant(row.ReceivedTo)));
            }

            // Never past what is damaged: a walk that begins again finds it again.
            if (findings.Count == before) mark?.Came(last, rows.Sum(row => (long)row.Content.Length));
        }

        return (batches, frameCount, last, last is 0 ? [] : head, newest);
    }

    /// <summary>Where a walk that was cut off goes on; null from the start, also when that batch was deleted meanwhile or cannot be read.</summary>
    private BatchRow? Beginning(WalkMark? mark)
    {
        try
        {
            return mark?.Through is > 0 and var through ? frames.Find(through) : null;
        }
        catch (StoredDamageException)
        {
            return null;
        }
    }

    /// <summary>What lies behind a page that cannot be read is passed over: its file is a finding, and the walk goes on to tell of the rest.</summary>
    private IReadOnlyList<BatchRow> ReadAfter(long last)
    {
        try
        {
            return frames.ReadAfter(last, Page);
        }
        catch (StoredDamageException)
        {
            return [];
        }
    }

    private static int? CountFrames(BatchRow row, List<TelemetryFinding> findings)
    {
        try
        {
            var unpacked = BatchCodec.Unpack(row).Frames.Count;
            if (unpacked != row.Frames) findings.Add(new("batch", $"batch {row.Id}", $"{unpacked} frames, {row.Frames} recorded"));
            return unpacked;
        }
        catch (Exception error) when (error is BatchCorruptException or InvalidDataException)
        {
            findings.Add(new("batch", $"batch {row.Id}", error.Message));
            return null;
        }
    }

    private (long Count, long NewestBatch) WalkChunks(List<TelemetryFinding> findings, List<ChunkKey> damaged, Pace pace, CancellationToken ct)
    {
        var (count, newest) = (0L, 0L);
        foreach (var (key, bytes) in chunks.All())
        {
            pace.After(bytes.Length, ct);
            if (findings.Count >= MaxFindings) break;
            count++;
            try
            {
                foreach (ref readonly var row in ChunkDecoder.Decode(key, bytes, chunks.Codes(key)).AllRows) newest = Math.Max(newest, row.Frame.Batch);
            }
            catch (Exception error) when (error is StoredDamageException or InvalidDataException)
            {
                findings.Add(new(Chunk, key.ToString(), error.Message));
                damaged.Add(key);
            }
        }

        return (count, newest);
    }

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;
}

/// <summary>What a walk found, and what can be made anew.</summary>
internal sealed record TelemetryWalk(TelemetryReport Report, IReadOnlyList<ChunkKey> Damaged, IReadOnlyList<ColdPart> DamagedParts)
{
    /// <summary>Every batch was read, and each follows the one before.</summary>
    public bool IsLogWhole { get; init; }

    /// <summary>The newest month whose frames were deleted.</summary>
    public int? NewestGone { get; init; }

    /// <summary>Whether all frames are there that can have spoken for the chunk. Frames go by the month they were received in, which may be the one before where a clock ran ahead.</summary>
    public bool HasAllFramesOf(ChunkKey key) => IsLogWhole && !(NewestGone >= key.Month - 1);
}
