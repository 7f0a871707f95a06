using Qingyuan.Platform.Ingest.Applying;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Repairing;

/// <summary>
/// Decodes stored frames again for one station's period. The twin writes the values, as it did the first time; its state stays. Where the period was judged by a part of them they
/// come as those of an archive do: the twin has it judged again when they pause, and says nothing of now.
/// </summary>
internal sealed class ChunkRefill(IFrameReader frames, IFrameOpener opener, IStationTwins twins, ILoggerHistory loggers, TimeProvider clock) : IChunkRefill
{
    private const int Page = 1000;

    // A logger's clock may run ahead of ours, and history may come as late as loggers keep it.
    private static readonly TimeSpan Early = TimeSpan.FromHours(1);
    private static readonly TimeSpan Late = TimeSpan.FromDays(40);

    // How far ahead a clock is still looked for.
    private static readonly TimeSpan VeryEarly = TimeSpan.FromDays(31);

    public async Task<int> RefillAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, RefillReach reach, bool isJudged, CancellationToken ct)
    {
        var count = 0;
        foreach (var mn in await loggers.MnsOfAsync(stationNo, ct))
        foreach (var (first, last) in Received(from, to, reach))
            count += await RefillAsync(new(mn, first, last, Limit: Page), frame => IsTaken(frame, stationNo), report => Speaks(report, resolution, from, to), reports => BringAsync(stationNo, reports, isJudged), ct);
        return count;
    }

    private async Task<int> RefillAsync(FrameQuery query, Func<StoredFrame, bool> isTaken, Func<StationReport, bool> speaks, Func<StationReport[], Task> bringAsync, CancellationToken ct)
    {
        var count = 0;
        do
        {
            var page = await frames.ListAsync(query, ct);
            StationReport[] reports = [.. page.Items.Where(isTaken).Select(frame => ReportDecoder.Decode(opener.Open(frame))).OfType<StationReport>().Where(speaks)];
            if (reports.Length > 0) await bringAsync(reports);
            count += reports.Length;
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return count;
    }

    private Task BringAsync(int stationNo, StationReport[] reports, bool isJudged) =>
        isJudged ? twins.Of(stationNo).ApplyAsync([.. reports.Select(report => report with { Imported = true })]) : twins.Of(stationNo).KeepAsync(reports);

    /// <summary>When frames of the period were received; the end belongs to the next stretch.</summary>
    private (DateTimeOffset First, DateTimeOffset End)[] Received(DateTime from, DateTime to, RefillReach reach)
    {
        var (first, last, now) = (Shared.StationClock.Instant(from) - Early, Shared.StationClock.Instant(to) + Late, clock.GetUtcNow());
        if (last > now) last = now;
        if (reach is RefillReach.Usual) return [(first, last)];
        return [(first - (VeryEarly - Early), first), (last, now)];
    }

    private static bool IsTaken(StoredFrame frame, int stationNo) =>
        frame.Arrival.StationNo == stationNo && frame.Arrival.Verdict is (FrameVerdict.Accepted or FrameVerdict.AcceptedWithNotes or FrameVerdict.Imported);

    private static bool Speaks(StationReport report, Resolution resolution, DateTime from, DateTime to) =>
        report is { DataTime: { } at, Values.Count: > 0 } && at >= from && at < to && report.Resolution == resolution;
}
