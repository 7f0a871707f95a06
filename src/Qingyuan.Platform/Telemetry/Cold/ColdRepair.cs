using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Cold;

/// <summary>Makes the values of a damaged cold part anew from the raw frames. They become chunks of their month again, and the next move writes them into a new part.</summary>
internal sealed class ColdRepair(ColdCatalogue catalogue, ColdStore cold, ITelemetryReader reader, IChunkRefill refill, ILogger<ColdRepair> log)
{
    /// <returns>False when frames did not bring back all values: then the part stays where it is, for a person with a backup.</returns>
    public async Task<bool> RepairAsync(ColdPart part, CancellationToken ct)
    {
        var month = ColdFormat.MonthOf(part.Month);
        var from = new DateTime(month / 12, (month % 12) + 1, 1);
        catalogue.SetAside(part); // first: what is damaged must not be merged with what comes from the frames
        var frames = 0;
        try
        {
            foreach (var station in part.Stations)
            foreach (var period in Enum.GetValues<Resolution>()) frames += await refill.RefillAsync(station, period, from, from.AddMonths(1), ct);
            if (frames > 0 && await CountAsync(part.Stations, from, ct) >= part.Values + part.Stations.Sum(station => cold.Month(month, station).Values.Sum(chunk => (long)chunk.Cells)))
            {
                Log.ColdRepaired(log, part.Files[0].Name, frames);
                return true;
            }
        }
        catch
        {
            catalogue.TakeBack(part);
            throw;
        }

        catalogue.TakeBack(part);
        return false;
    }

    private async Task<long> CountAsync(IReadOnlyList<int> stations, DateTime from, CancellationToken ct)
    {
        var count = 0L;
        foreach (var station in stations)
        foreach (var period in Enum.GetValues<Resolution>())
            count += (await reader.ReadAllAsync(station, period, from, from.AddMonths(1), ct)).Sum(frame => (long)frame.Values.Count);
        return count;
    }
}
