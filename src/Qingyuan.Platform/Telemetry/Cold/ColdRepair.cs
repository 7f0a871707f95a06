using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Reading;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Cold;

/// <summary>Makes the values of a damaged cold part anew from the raw frames. They become chunks of their month again, and the next move writes them into a new part.</summary>
internal sealed class ColdRepair(ColdCatalogue catalogue, ColdStore cold, OpenChunks open, ITelemetryReader reader, IChunkRefill refill, IMonthGuard guard, TimeProvider clock, ILogger<ColdRepair> log)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>Of a part that is set aside: what is damaged must not be merged with what comes from the frames.</summary>
    /// <returns>False when frames did not bring back all values: then the part is taken back, for a person with a backup.</returns>
    /// <exception cref="FileNotFoundException">Its month was deleted meanwhile.</exception>
    public async Task<bool> RepairAsync(ColdPart part, CancellationToken ct)
    {
        try
        {
            var frames = await RefillAsync(part, RefillReach.Usual, ct);
            if (!await IsWholeAsync(part, ct)) frames += await RefillAsync(part, RefillReach.Rest, ct);
            if (frames > 0 && await IsWholeAsync(part, ct))
            {
                await MarkMendedAsync(part, ct);
                Log.ColdRepaired(log, part.Files[0].Name, frames);
                return true;
            }
        }
        catch when (!ct.IsCancellationRequested && catalogue.IsSetAside(part)) // who is stopped finds it in the list again
        {
            catalogue.TakeBack(part);
            throw;
        }

        catalogue.TakeBack(part);
        return false;
    }

    private async Task<int> RefillAsync(ColdPart part, RefillReach reach, CancellationToken ct)
    {
        var (from, frames) = (StartOf(part), 0);
        foreach (var station in part.Stations)
        foreach (var period in Enum.GetValues<Resolution>()) frames += await refill.RefillAsync(station, period, from, from.AddMonths(1), reach, isJudged: false, ct);
        open.WriteAll(); // only what is on disk is there
        return frames;
    }

    /// <summary>No month is moved, deleted or backed up meanwhile: a backup would have the mark, and the database from before its values were there.</summary>
    private async Task MarkMendedAsync(ColdPart part, CancellationToken ct)
    {
        IDisposable? alone;
        while ((alone = guard.TryEnter()) is null) await Task.Delay(Again, clock, ct);
        using (alone) catalogue.MarkMended(part);
    }

    /// <summary>
    /// Counts what had been received when the part was written, without what was cold before it: values that came late were never in it. Parts with higher numbers count, for an
    /// earlier attempt may have become cold since; those that were made anew before it do not, wherever they lie now.
    /// </summary>
    private async Task<bool> IsWholeAsync(ColdPart part, CancellationToken ct)
    {
        var (from, month) = (StartOf(part), ColdFormat.MonthOf(part.Month));
        var count = -catalogue.EverSetAside(month).Where(aside => aside.Number < part.Number && aside.Stations.Intersect(part.Stations).Any()).Sum(aside => aside.Values);
        foreach (var station in part.Stations)
        {
            foreach (var period in Enum.GetValues<Resolution>()) count += Values(part, await reader.ReadAllAsync(station, period, from, from.AddMonths(1), ct));
            count -= cold.Before(part.Number, month, station).Values.Sum(chunk => Values(part, FrameRows.Of(chunk, DateTime.MinValue, DateTime.MaxValue)));
        }

        return count >= part.Values;
    }

    private static long Values(ColdPart part, IEnumerable<ReportedValues> frames) => frames.Where(frame => Micros.Of(frame.ReceivedAt) <= Micros.Of(part.WrittenAt)).Sum(frame => (long)frame.Values.Count);

    private static DateTime StartOf(ColdPart part)
    {
        var month = ColdFormat.MonthOf(part.Month);
        return new(month / 12, (month % 12) + 1, 1);
    }
}
