using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Puts what the analyser measured beside a laboratory's result. Reads only.</summary>
internal sealed class LaboratoryBeside(ITelemetryReader readings, IStationDirectory stations)
{
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(30);

    public async Task<IReadOnlyList<LaboratoryComparison>> CompareAsync(IReadOnlyList<LaboratoryResult> results, CancellationToken ct)
    {
        var compared = new List<LaboratoryComparison>(results.Count);
        foreach (var result in results) compared.Add(await CompareAsync(result, ct));
        return compared;
    }

    private async Task<LaboratoryComparison> CompareAsync(LaboratoryResult result, CancellationToken ct)
    {
        var hour = result.At.Date.AddHours(result.At.Hour);
        var mean = (await readings.ReadAsync(new(result.StationNo, result.Factor, hour, hour.AddHours(1), Resolution.Hour), ct)).LastOrDefault(row => row.Value is not null);
        var nearest = (await readings.ReadAsync(new(result.StationNo, result.Factor, result.At - Near, result.At + Near + TimeSpan.FromSeconds(1), Resolution.Realtime), ct))
            .Where(row => row.Value is not null).MinBy(row => (row.At - result.At).Duration());
        var difference = Difference(result, mean ?? nearest);
        return new(result, mean, nearest, difference, Relative(result, difference));
    }

    private decimal? Difference(LaboratoryResult result, ReadingRow? measured)
    {
        if (measured?.Value is not { } text || !ValueText.TryDecimal(text, out var ours) || !ValueText.TryDecimal(result.Value, out var theirs)) return null;
        var unit = stations.Get(result.StationNo)?.Factors.FirstOrDefault(factor => factor.Code == result.Factor)?.Unit;
        return unit is not null && UnitNames.Plain(unit) == UnitNames.Plain(result.Unit) ? ours - theirs : null;
    }

    private static decimal? Relative(LaboratoryResult result, decimal? difference) =>
        difference is { } known && ValueText.TryDecimal(result.Value, out var theirs) && theirs != 0 ? Math.Round(known / theirs * 100, 1, MidpointRounding.ToEven) : null;
}
