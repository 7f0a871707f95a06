using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Alarms.Notifications;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Alarms;

namespace Qingyuan.Platform.Alarms.Raising;

/// <summary>A cause is present or gone: raises, repeats or ends the alarm with all that hangs on it in one transaction.</summary>
internal sealed class SignalHandler(
    IDatabase database, RepeatThrottle throttle, AlarmRecorder recorder, AlarmNotices notices, IEnumerable<IAlarmReaction> reactions,
    IStationDirectory stations, IOptions<AlarmsOptions> options, Organisation organisation, TimeProvider clock)
{
    private const int Attempts = 6;

    public async Task HandleAsync(AlarmSignal signal, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(signal);
        var station = signal.StationNo ?? AlarmRow.NoStation;
        var now = clock.GetUtcNow();
        if (!signal.Active)
        {
            throttle.Forget(station, signal.Cause);
            if (await IsOpenAsync(station, signal.Cause, ct)) await WriteAsync((db, token) => EndAsync(db, station, signal, token), ct);
            return;
        }

        if (IsRetired(signal)) return;
        if (throttle.Holds(station, signal, now, options.Value.RepeatWrittenEvery)) return;
        var held = throttle.Take(station, signal.Cause);
        var open = await WriteAsync((db, token) => RaiseOrRepeatAsync(db, station, signal, held, token), ct);
        throttle.Handled(station, signal, open, now);
    }

    private async Task<bool> IsOpenAsync(int station, string cause, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Set<AlarmRow>().AnyAsync(row => row.Station == station && row.Cause == cause && row.ClearedAt == null, ct);
    }

    /// <summary>Somebody else raised it, or changed it, at the same moment: look again and treat it as what it now is.</summary>
    private async Task<bool> WriteAsync(Func<QingyuanDb, CancellationToken, Task<bool>> act, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.WriteAsync(act, ct);
            }
            catch (DbUpdateException error) when (attempt < Attempts && (error is DbUpdateConcurrencyException || database.IsUniqueViolation(error)))
            {
            }
        }
    }

    private async Task<bool> RaiseOrRepeatAsync(QingyuanDb db, int station, AlarmSignal signal, int held, CancellationToken ct)
    {
        var open = await OpenAsync(db, station, signal.Cause, ct);
        if (open is not null) return await RepeatAsync(db, open, signal, held, ct);
        // What ended with its station's use is no old episode when the station is back.
        var since = signal.StationNo is { } no ? stations.Get(no)?.ReinstatedAt ?? DateTimeOffset.MinValue : DateTimeOffset.MinValue;
        // Only what is over: an alarm that another node raised since the line before is no old episode, and its unique key sends us round again.
        var known = await db.Set<AlarmRow>().AnyAsync(row => row.Station == station && row.Cause == signal.Cause && row.Since == signal.Since && row.ClearedAt != null && row.ClearedAt >= since, ct);
        if (known) return false; // a replayed frame, or an episode a person has already cleared
        if (IsRetired(signal)) return false; // since the line before the transaction
        var alarm = New(station, signal, clock.GetUtcNow());
        db.Add(alarm);
        recorder.Record(db, alarm, "raise", Cause(signal));
        await db.SaveChangesAsync(ct); // the unique index speaks here, before others act on it
        await notices.RaisedAsync(db, alarm.ToView(), ct);
        foreach (var reaction in reactions) await reaction.OnRaisedAsync(db, alarm.ToView(), ct);
        return true;
    }

    /// <summary>The twin judges to the end what the station sent; but nobody is to go to one that is out of use.</summary>
    private bool IsRetired(AlarmSignal signal) => signal.StationNo is { } no && stations.Get(no) is { IsInUse: false };

    private async Task<bool> RepeatAsync(QingyuanDb db, AlarmRow open, AlarmSignal signal, int held, CancellationToken ct)
    {
        if (signal.Severity > open.Severity) return await WorsenAsync(db, open, signal, held, ct);
        var (now, args, frame) = (clock.GetUtcNow(), AlarmRow.Json(signal.Args), signal.Frame ?? open.Frame);
        // Straight to the row: a repeat must neither wait for nor disturb a person who handles the alarm.
        var found = await db.Set<AlarmRow>().Where(row => row.Id == open.Id && row.ClearedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Count, row => row.Count + held + 1).SetProperty(row => row.LastSeenAt, now)
                .SetProperty(row => row.MessageCode, signal.MessageCode).SetProperty(row => row.Args, args).SetProperty(row => row.Frame, frame),
            ct);
        return found == 1;
    }

    private async Task<bool> WorsenAsync(QingyuanDb db, AlarmRow open, AlarmSignal signal, int held, CancellationToken ct)
    {
        var before = open.Severity;
        open.Apply(AlarmLife.Raise(open.Facts).After with { Count = open.Count + held + 1 });
        (open.LastSeenAt, open.Severity, open.Frame) = (clock.GetUtcNow(), signal.Severity, signal.Frame ?? open.Frame);
        (open.MessageCode, open.Args) = (signal.MessageCode, AlarmRow.Json(signal.Args));
        recorder.Record(db, open, "worsen", Cause(signal), [new("severityBefore", AlarmTexts.Code(before))]);
        await notices.WorsenedAsync(db, open.ToView(), before, ct);
        return true;
    }

    private async Task<bool> EndAsync(QingyuanDb db, int station, AlarmSignal signal, CancellationToken ct)
    {
        var open = await OpenAsync(db, station, signal.Cause, ct);
        if (open is null || signal.Since < open.Since) return false; // an end from before this episode began
        open.Apply(AlarmLife.CauseGone(open.Facts).After);
        open.Until = signal.Since;
        open.ClearedAt = clock.GetUtcNow();
        open.ClearedBy = "r:" + signal.Rule;
        recorder.Record(db, open, "clear", Cause(signal), [new("by", "cause-gone")]);
        await notices.ClearedAsync(db, open.ToView(), ct);
        foreach (var reaction in reactions) await reaction.OnClearedAsync(db, open.ToView(), ct);
        return true;
    }

    private static Task<AlarmRow?> OpenAsync(QingyuanDb db, int station, string cause, CancellationToken ct) =>
        db.Set<AlarmRow>().SingleOrDefaultAsync(row => row.Station == station && row.Cause == cause && row.ClearedAt == null, ct);

    private Actor Cause(AlarmSignal signal) => new("r:" + signal.Rule, "service", organisation.Code, "service");

    private static AlarmRow New(int station, AlarmSignal signal, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Station = station,
        Kind = signal.Kind,
        Cause = signal.Cause,
        Severity = signal.Severity,
        State = AlarmState.Active,
        Factor = signal.Factor,
        MessageCode = signal.MessageCode,
        Args = AlarmRow.Json(signal.Args),
        Rule = signal.Rule,
        Frame = signal.Frame,
        Since = signal.Since,
        RaisedAt = now,
        LastSeenAt = now,
        Count = 1,
    };
}
