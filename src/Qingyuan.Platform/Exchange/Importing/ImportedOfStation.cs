using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Laboratory results and values of other systems that were imported for a station.</summary>
internal sealed class ImportedOfStation : IStationData
{
    public async Task<bool> AnyAsync(QingyuanDb db, int stationNo, CancellationToken ct) =>
        await AnyAsync<LaboratoryRow>(db, stationNo, ct) || await AnyAsync<HistoryRow>(db, stationNo, ct);

    private static Task<bool> AnyAsync<T>(QingyuanDb db, int stationNo, CancellationToken ct)
        where T : ImportedRow => db.Set<T>().AnyAsync(row => row.StationNo == stationNo && db.Set<ImportRow>().Any(import => import.No == row.ImportNo && import.State == ImportState.Confirmed), ct);
}
