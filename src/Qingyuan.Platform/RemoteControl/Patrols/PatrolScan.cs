using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;

namespace Qingyuan.Platform.RemoteControl.Patrols;

/// <summary>Begins planned patrols once a day and ends those whose readings are there.</summary>
internal sealed class PatrolScan(IDatabase database, PatrolBook book, Organisation organisation, TimeProvider clock) : IDueScan
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(1);
    private readonly DateTimeOffset _first = clock.GetUtcNow() + AfterStart;

    public string Name => "remote patrols";

    public Task ScanAsync(CancellationToken ct) => clock.GetUtcNow() < _first ? Task.CompletedTask : LookAsync(ct);

    /// <summary>One round.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        await book.EndAsync(ct);
        var now = StationClock.Wall(clock.GetUtcNow());
        var (time, today) = (TimeOnly.FromDateTime(now), StationClock.Instant(now.Date));
        List<PatrolPlanRow> due;
        await using (var db = database.Read())
            due = await db.Set<PatrolPlanRow>().Where(plan => plan.DailyAt <= time && !db.Set<PatrolRow>().Any(row => row.StationNo == plan.StationNo && row.StartedAt >= today && row.AskedBy.StartsWith("r:"))).ToListAsync(ct);
        foreach (var plan in due) await book.BeginAsync(plan.StationNo, new("r:" + PatrolBook.Rule, "service", organisation.Code, "service"), ct);
    }
}
