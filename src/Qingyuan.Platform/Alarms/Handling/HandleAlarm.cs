using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Alarms.Notifications;
using Qingyuan.Platform.Alarms.Raising;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Alarms.Handling;

/// <summary>What a person does with an alarm: acknowledge, shelve, clear.</summary>
internal sealed class HandleAlarm(
    IDatabase database, AlarmRecorder recorder, AlarmNotices notices, RepeatThrottle throttle, IEnumerable<IAlarmReaction> reactions, TimeProvider clock)
{
    public Task<Result<AlarmView>> AcknowledgeAsync(Guid id, string? note, Actor actor, CancellationToken ct) => ChangeAsync(
        id,
        "acknowledge",
        actor,
        AlarmLife.Acknowledge,
        alarm => (alarm.AcknowledgedBy, alarm.AcknowledgedAt) = (actor.Id, clock.GetUtcNow()),
        string.IsNullOrWhiteSpace(note) ? [] : [new("note", note)],
        ct);

    public Task<Result<AlarmView>> ShelveAsync(Guid id, TimeSpan duration, string reason, Actor actor, CancellationToken ct) => ChangeAsync(
        id,
        "shelve",
        actor,
        facts => AlarmLife.Shelve(facts, clock.GetUtcNow(), duration, reason),
        _ => { },
        [new("reason", reason), new("minutes", ((long)duration.TotalMinutes).ToString(System.Globalization.CultureInfo.InvariantCulture))],
        ct);

    public Task<Result<AlarmView>> ClearAsync(Guid id, string reason, Actor actor, CancellationToken ct) => ChangeAsync(
        id,
        "clear",
        actor,
        facts => AlarmLife.Clear(facts, reason),
        Cleared(actor),
        [new("reason", reason), new("by", "person")],
        ct);

    /// <summary>Ends the open alarms of a station that goes out of use, in that act's transaction.</summary>
    public async Task ClearAllAsync(QingyuanDb db, int stationNo, string reason, Actor actor, CancellationToken ct)
    {
        foreach (var alarm in await db.Set<AlarmRow>().Where(row => row.Station == stationNo && row.ClearedAt == null).OrderBy(row => row.Id).ToListAsync(ct))
            if (AlarmLife.Clear(alarm.Facts, reason).TryGet(out var step, out _)) await ApplyAsync(db, alarm, "clear", actor, step, Cleared(actor), [new("reason", reason), new("by", "station-retired")], ct);
    }

    private Action<AlarmRow> Cleared(Actor actor) => alarm => (alarm.ClearedAt, alarm.ClearedBy) = (clock.GetUtcNow(), actor.Id);

    private async Task ApplyAsync(QingyuanDb db, AlarmRow alarm, string act, Actor actor, AlarmStep step, Action<AlarmRow> mark, IReadOnlyList<KeyValuePair<string, string>> more, CancellationToken ct)
    {
        alarm.Apply(step.After);
        mark(alarm);
        recorder.Record(db, alarm, act, actor, more);
        await AfterAsync(db, alarm, actor, ct);
    }

    private async Task<Result<AlarmView>> ChangeAsync(
        Guid id, string act, Actor actor, Func<AlarmFacts, Result<AlarmStep>> decide, Action<AlarmRow> mark, IReadOnlyList<KeyValuePair<string, string>> more, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync(
                async (db, token) =>
                {
                    if (await db.Set<AlarmRow>().SingleOrDefaultAsync(row => row.Id == id, token) is not { } alarm) return new Refusal("alarm.not-found");
                    if (!decide(alarm.Facts).TryGet(out var step, out var refusal)) return (Result<AlarmView>)refusal;
                    await ApplyAsync(db, alarm, act, actor, step, mark, more, token);
                    return alarm.ToView();
                },
                ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("alarm.changed-meanwhile");
        }
    }

    private async Task AfterAsync(QingyuanDb db, AlarmRow alarm, Actor actor, CancellationToken ct)
    {
        if (alarm.State is not AlarmState.Cleared)
        {
            await notices.HandledAsync(db, alarm.ToView(), actor, ct);
            return;
        }

        db.AfterCommit(() => throttle.Forget(alarm.Station, alarm.Cause));
        await notices.ClearedAsync(db, alarm.ToView(), ct);
        foreach (var reaction in reactions) await reaction.OnClearedAsync(db, alarm.ToView(), ct);
    }
}
