using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>Batches from memory or disk, verified. A damaged one is reported and passed over; the others still count.</summary>
internal sealed class BatchReader(IFrameStore store, RecentBatches recent, TelemetryMetrics metrics, ILogger<BatchReader> logger)
{
    private const int Page = 16;

    /// <summary>Null when there is no such batch.</summary>
    /// <exception cref="BatchCorruptException">It is damaged.</exception>
    public CommittedBatch? Find(long id) => recent.Find(id) ?? (store.Find(id) is { } row ? Unpack(row) : null);

    public CommittedBatch? FindIntact(long id)
    {
        try
        {
            return Find(id);
        }
        catch (BatchCorruptException)
        {
            return null; // reported below
        }
    }

    /// <summary>Everything that is committed after <paramref name="after"/> now, in order.</summary>
    public IEnumerable<CommittedBatch> After(long after) => After(after, recent => recent.Frames, UnpackIntact);

    /// <summary>The outlines of everything that is committed after <paramref name="after"/> now, in order.</summary>
    public IEnumerable<BatchOutline> OutlinesAfter(long after) =>
        After(after, recent => recent.Outline, row => UnpackIntact(row) is { } batch ? BatchOutline.Of(batch) : null);

    private IEnumerable<T> After<T>(long after, Func<RecentBatch, T> ofRecent, Func<BatchRow, T?> ofRow)
    {
        while (true)
        {
            if (recent.TryAfter(after, out var batches))
            {
                foreach (var batch in batches) yield return ofRecent(batch);
                yield break;
            }

            var rows = store.ReadAfter(after, Page);
            if (rows.Count == 0) yield break;
            foreach (var row in rows)
                if (ofRow(row) is { } found) yield return found;
            after = rows[^1].Id;
        }
    }

    private CommittedBatch? UnpackIntact(BatchRow row)
    {
        try
        {
            return Unpack(row);
        }
        catch (BatchCorruptException)
        {
            return null;
        }
    }

    private CommittedBatch Unpack(BatchRow row)
    {
        try
        {
            return BatchCodec.Unpack(row);
        }
        catch (BatchCorruptException error)
        {
            metrics.Corrupt();
            Log.Damaged(logger, error.Message);
            throw;
        }
    }
}
