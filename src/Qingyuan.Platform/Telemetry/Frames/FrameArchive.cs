using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>Every batch of the store from the first on, past everything that is kept in memory.</summary>
internal sealed class FrameArchive(IFrameStore store, ILogger<FrameArchive> log) : IFrameArchive
{
    private const int Page = 16;

    public IEnumerable<StoredFrame> Of(string mn, DateTimeOffset from, DateTimeOffset to)
    {
        for (var rows = store.ReadAfter(0, Page); rows.Count > 0; rows = store.ReadAfter(rows[^1].Id, Page))
        {
            foreach (var row in rows.Where(row => row.ReceivedFrom < Micros.Of(to) && row.ReceivedTo >= Micros.Of(from)))
            foreach (var frame in Unpack(row))
                if (frame.Arrival.Mn == mn && frame.Arrival.ReceivedAt >= from && frame.Arrival.ReceivedAt < to) yield return frame;
        }
    }

    private IReadOnlyList<StoredFrame> Unpack(BatchRow row)
    {
        try
        {
            return BatchCodec.Unpack(row).Frames;
        }
        catch (BatchCorruptException error)
        {
            Log.Damaged(log, error.Message);
            return [];
        }
    }
}
