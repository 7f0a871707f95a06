using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Exchange;

namespace Qingyuan.Platform.Exchange.Backfill;

/// <summary>Once a minute, station by station: what is missing, what came, what to ask for.</summary>
internal sealed class BackfillScan(IDatabase database, GapFinder finder, GapFiller filler, IStationDirectory stations, TimeProvider clock, ILogger<BackfillScan> log) : IDueScan
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private DateTimeOffset _next = clock.GetUtcNow() + AfterStart;

    public string Name => "backfill";

    public async Task ScanAsync(CancellationToken ct)
    {
        if (clock.GetUtcNow() < _next) return;
        _next = clock.GetUtcNow() + Every;
        var now = StationClock.Wall(clock.GetUtcNow());
        var (through, open) = await StandAsync(ct);
        foreach (var station in stations.All)
        foreach (var resolution in (Resolution[])[Resolution.Minute, Resolution.Hour])
        {
            try
            {
                await finder.LookAsync(station, resolution, through.TryGetValue((station.StationNo, resolution), out var looked) ? looked : null, now, ct);
                if (open.Contains((station.StationNo, resolution))) await filler.FillAsync(station, resolution, now, ct);
            }
            catch (Exception error) when (error is not OperationCanceledException) // one station's trouble must not hide the others' gaps
            {
                log.StationNotLookedThrough(station.Mn, error);
            }
        }
    }

    /// <summary>One question for all stations: how far each was looked through, and which have open gaps. Gaps found in this round are filled from the next one on.</summary>
    private async Task<(Dictionary<(int, Resolution), DateTime> Through, HashSet<(int, Resolution)> Open)> StandAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var through = await db.Set<LookedThroughRow>().ToDictionaryAsync(row => (row.StationNo, row.Resolution), row => row.Through, ct);
        var open = await db.Set<GapRow>().Where(row => row.State == GapState.Missing || row.State == GapState.Requested).Select(row => new { row.StationNo, row.Resolution }).Distinct().ToListAsync(ct);
        return (through, [.. open.Select(each => (each.StationNo, each.Resolution))]);
    }
}
