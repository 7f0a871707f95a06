using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>From the archive's periods of validity.</summary>
internal sealed class LoggerHistory(IDatabase database) : ILoggerHistory
{
    public async Task<IReadOnlyList<string>> MnsOfAsync(int stationNo, CancellationToken ct)
    {
        await using var db = database.Read();
        var periods = await db.Set<StationMnRow>().Where(period => period.StationNo == stationNo).ToListAsync(ct);
        return [.. periods.OrderBy(period => period.From).Select(period => period.Mn).Distinct(StringComparer.Ordinal)];
    }
}
