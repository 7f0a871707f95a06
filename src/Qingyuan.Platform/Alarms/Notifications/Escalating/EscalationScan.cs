using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;

namespace Qingyuan.Platform.Alarms.Notifications.Escalating;

/// <summary>Looks for notices nobody has confirmed in time.</summary>
internal sealed class EscalationScan(IDatabase database, Caller caller, TimeProvider clock, ILogger<EscalationScan> log) : IDueScan
{
    public string Name => "escalation";

    public async Task ScanAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var read = database.Read();
        var due = await read.Set<NoticeRow>().Where(row => row.NextAt != null && row.NextAt <= now).Select(row => row.Id).ToListAsync(ct);
        foreach (var id in due) await AdvanceAsync(id, ct);
    }

    private async Task AdvanceAsync(Guid id, CancellationToken ct)
    {
        try
        {
            var (state, subject) = await database.WriteAsync(
                async (db, token) =>
                {
                    var notice = await db.Set<NoticeRow>().SingleAsync(row => row.Id == id, token);
                    return (await caller.AdvanceAsync(db, notice, token), notice.Subject);
                },
                ct);
            if (state is NoticeState.Exhausted) Log.NobodyConfirmed(log, subject);
        }
        catch (DbUpdateConcurrencyException)
        {
            // A receipt or another node came first; the next scan sees what it made of it.
        }
    }
}
