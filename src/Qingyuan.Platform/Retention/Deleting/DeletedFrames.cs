using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Retention.Deleting;

/// <summary>Explains gaps of the log to whoever walks it: the weekly walk, a drill, a restoration.</summary>
internal sealed class DeletedFrames(IDatabase database) : IDeletedFrames
{
    public async Task<IReadOnlyList<MonthContent>> ListAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var rows = await db.Set<DeletionRow>().Where(row => row.Class == DataClass.RawFrames && (row.State == DeletionState.Approved || row.State == DeletionState.Done || row.State == DeletionState.Stopped)).ToListAsync(ct);
        return [.. rows.SelectMany(row => row.MonthList).Select(month => month.Content).OfType<MonthContent>()];
    }
}
