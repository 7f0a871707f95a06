using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Rules.Alarms;

namespace Qingyuan.Platform.Alarms.Handling;

/// <summary>Brings back alarms whose time on the shelf is over.</summary>
internal sealed class ShelvingScan(IDatabase database, AlarmRecorder recorder, Organisation organisation, TimeProvider clock) : IDueScan
{
    public string Name => "alarm shelving";

    public async Task ScanAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var read = database.Read();
        var due = await read.Set<AlarmRow>().Where(row => row.ShelvedUntil != null && row.ShelvedUntil <= now).Select(row => row.Id).ToListAsync(ct);
        foreach (var id in due) await UnshelveAsync(id, now, ct);
    }

    private async Task UnshelveAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            await database.WriteAsync(
                async (db, token) =>
                {
                    var alarm = await db.Set<AlarmRow>().SingleAsync(row => row.Id == id, token);
                    var step = AlarmLife.Tick(alarm.Facts, now);
                    if (step.Event is AlarmEvent.None) return false;
                    alarm.Apply(step.After);
                    recorder.Record(db, alarm, "unshelve", Actor.Service("alarm-shelving", organisation.Code));
                    return true;
                },
                ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody acted on it in the same moment; the next scan looks at what it then is.
        }
    }
}
