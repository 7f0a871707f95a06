using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Retention.Deleting;

/// <summary>Explains gaps of the log to whoever walks it (the weekly walk, a drill, a restoration), and tells which values must not come back.</summary>
internal sealed class DeletedMonths(IDatabase database) : IDeletedMonths
{
    public async Task<IReadOnlyList<MonthContent>> FramesAsync(CancellationToken ct) => [.. (await MonthsAsync(DataClass.RawFrames, ct)).Select(month => month.Content).OfType<MonthContent>()];

    public async Task<IReadOnlyDictionary<int, long>> ValuesAsync(CancellationToken ct) => (await MonthsAsync(DataClass.Values, ct))
        .Where(month => month.Through is not null)
        .GroupBy(month => MonthName.TryParse(month.Month, out var number) ? number : 0)
        .ToDictionary(same => same.Key, same => same.Max(month => month.Through!.Value));

    private async Task<IReadOnlyList<DeletionMonth>> MonthsAsync(DataClass kind, CancellationToken ct)
    {
        await using var db = database.Read();
        var rows = await db.Set<DeletionRow>().Where(row => row.Class == kind && (row.State == DeletionState.Approved || row.State == DeletionState.Done || row.State == DeletionState.Stopped)).ToListAsync(ct);
        return [.. rows.SelectMany(row => row.MonthList)];
    }
}
