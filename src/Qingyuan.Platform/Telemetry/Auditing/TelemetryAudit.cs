using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Frames;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Auditing;

/// <summary>Walks the store itself, past everything that is kept in memory.</summary>
internal sealed class TelemetryAudit(IFrameStore frames, IChunkStore chunks) : ITelemetryAudit
{
    private const int MaxFindings = 100;
    private const int Page = 16;

    public Task<TelemetryReport> RunAsync(CancellationToken ct) => Task.Run(() => Run(ct), ct);

    private TelemetryReport Run(CancellationToken ct)
    {
        var findings = new List<TelemetryFinding>();
        // Chunks first: every frame they name was in the log before them.
        var (count, newestBatch) = WalkChunks(findings, ct);
        var report = WalkFrames(findings, ct);
        if (newestBatch > report.Last) findings.Add(new("chunk-frame", $"batch {newestBatch}", $"values name it, the log ends with {report.Last}"));
        return new(report.Batches, report.Frames, count, Convert.ToHexStringLower(report.Head), report.Newest, findings);
    }

    private (long Batches, long Frames, long Last, byte[] Head, DateTimeOffset? Newest) WalkFrames(List<TelemetryFinding> findings, CancellationToken ct)
    {
        var (batches, frameCount, last, newest) = (0L, 0L, 0L, (DateTimeOffset?)null);
        byte[] head = [];
        for (var rows = frames.ReadAfter(0, Page); rows.Count > 0 && findings.Count < MaxFindings; rows = frames.ReadAfter(last, Page))
        {
            foreach (var row in rows)
            {
                ct.ThrowIfCancellationRequested();
                if (batches > 0 && !row.PreviousSha256.AsSpan().SequenceEqual(head)) findings.Add(new("chain", $"batch {row.Id}", $"does not follow batch {last}"));
                if (CountFrames(row, findings) is { } counted) frameCount += counted;
                batches++;
                (last, head, newest) = (row.Id, row.Sha256, Later(newest, Micros.Instant(row.ReceivedTo)));
            }
        }

        return (batches, frameCount, last, head, newest);
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

    private (long Count, long NewestBatch) WalkChunks(List<TelemetryFinding> findings, CancellationToken ct)
    {
        var (count, newest) = (0L, 0L);
        foreach (var (key, bytes) in chunks.All())
        {
            ct.ThrowIfCancellationRequested();
            if (findings.Count >= MaxFindings) break;
            count++;
            try
            {
                foreach (ref readonly var row in ChunkDecoder.Decode(key, bytes, chunks.Codes(key)).AllRows) newest = Math.Max(newest, row.Frame.Batch);
            }
            catch (Exception error) when (error is ChunkCorruptException or InvalidDataException)
            {
                findings.Add(new("chunk", key.ToString(), error.Message));
            }
        }

        return (count, newest);
    }

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;
}
