using Qingyuan.Platform.Ingest.Applying;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Repairing;

/// <summary>Decodes stored frames again for one station's period. The twin writes the values, as it did the first time; its state stays.</summary>
internal sealed class ChunkRefill(IFrameReader frames, IFrameOpener opener, IStationTwins twins, IStationDirectory stations, TimeProvider clock) : IChunkRefill
{
    private const int Page = 1000;

    // A logger's clock may run ahead of ours, and history may come as late as loggers keep it.
    private static readonly TimeSpan Early = TimeSpan.FromHours(1);
    private static readonly TimeSpan Late = TimeSpan.FromDays(40);

    public async Task<int> RefillAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, CancellationToken ct)
    {
        if (stations.Get(stationNo) is not { } station) return 0;
        var (first, last, now) = (Shared.StationClock.Instant(from) - Early, Shared.StationClock.Instant(to) + Late, clock.GetUtcNow());
        var query = new FrameQuery(station.Mn, first, last < now ? last : now, Limit: Page);
        var count = 0;
        do
        {
            var page = await frames.ListAsync(query, ct);
            StationReport[] reports = [.. page.Items.Where(frame => IsTaken(frame, stationNo)).Select(frame => ReportDecoder.Decode(opener.Open(frame))).OfType<StationReport>().Where(report => Speaks(report, resolution, from, to))];
            if (reports.Length > 0) await twins.Of(stationNo).KeepAsync(reports);
            count += reports.Length;
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return count;
    }

    private static bool IsTaken(StoredFrame frame, int stationNo) =>
        frame.Arrival.StationNo == stationNo && frame.Arrival.Verdict is (FrameVerdict.Accepted or FrameVerdict.AcceptedWithNotes or FrameVerdict.Imported);

    private static bool Speaks(StationReport report, Resolution resolution, DateTime from, DateTime to) =>
        report is { DataTime: { } at, Values.Count: > 0 } && at >= from && at < to && report.Resolution == resolution;
}
