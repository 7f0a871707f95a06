using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Alarms.Notifications.Escalating;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Alarms.Notifications;

internal sealed class NoticeBoard(Caller caller, IStationDirectory stations, TimeProvider clock, ILogger<NoticeBoard> log) : INoticeBoard
{
    public async Task PostAsync(QingyuanDb db, Notice notice, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var sample = notice.StationNo is { } no && stations.Get(no) is { IsSample: true };
        if (sample && (await Caller.PlanAsync(db, sample: true, ct)).People.Count == 0) return; // samples call nobody unless a channel is set aside
        if (await db.Set<NoticeRow>().AnyAsync(row => row.Subject == notice.Subject && row.Code == notice.Code && row.EndedAt == null, ct)) return;
        var row = New(notice, sample, clock.GetUtcNow());
        db.Add(row);
        if (await caller.AdvanceAsync(db, row, ct) is NoticeState.Exhausted) db.AfterCommit(() => Log.NobodyOnCall(log, notice.Subject));
    }

    public async Task SettleAsync(QingyuanDb db, string subject, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var notice in await db.Set<NoticeRow>().Where(row => row.Subject == subject && row.EndedAt == null).ToListAsync(ct))
        {
            notice.NextAt = null;
            (notice.EndedAt, notice.EndedBy) = (now, by);
            if (notice.State is NoticeState.Open) notice.State = NoticeState.Settled;
            notice.Version++;
        }
    }

    private static NoticeRow New(Notice notice, bool sample, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Subject = notice.Subject,
        StationNo = notice.StationNo,
        Sample = sample,
        Severity = notice.Severity,
        Code = notice.Code,
        Args = AlarmRow.Json(notice.Args),
        Rule = notice.Rule,
        Since = notice.Since,
        Path = notice.Path,
        PostedAt = now,
        State = NoticeState.Open,
    };
}
