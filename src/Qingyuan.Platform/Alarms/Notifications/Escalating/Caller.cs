using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Alarms;

namespace Qingyuan.Platform.Alarms.Notifications.Escalating;

/// <summary>Calls the next person about a notice when it is time, by the rules of escalation.</summary>
internal sealed class Caller(OutboxBell bell, TimeProvider clock)
{
    /// <summary>Makes every move that is due now. Adds to <paramref name="db"/>; the caller saves.</summary>
    public async Task<NoticeState> AdvanceAsync(QingyuanDb db, NoticeRow notice, CancellationToken ct)
    {
        var plan = await PlanAsync(db, notice.Sample, ct);
        var people = plan.People.Select(person => person.Name).ToList();
        var tries = await TriesAsync(db, notice, ct);
        var now = clock.GetUtcNow();
        var next = Escalation.Next(Phase(notice), people, tries, now, plan.Policy);
        notice.Version++;
        switch (next.Move)
        {
            case EscalationMove.Call:
                Queue(db, notice, plan.People.First(person => person.Name == next.Person), next.Step, now);
                notice.NextAt = now + plan.Policy.ReceiptWithin;
                break;
            case EscalationMove.Wait:
                notice.NextAt = next.At;
                break;
            case EscalationMove.Settled:
                notice.NextAt = null;
                break;
            default:
                (notice.State, notice.NextAt) = (NoticeState.Exhausted, null);
                break;
        }

        return notice.State;
    }

    /// <summary>The on-call order as far as it may hear of this: samples stay on the channels set aside for them, and nothing else goes there.</summary>
    public static async Task<OnCallPlan> PlanAsync(QingyuanDb db, bool sample, CancellationToken ct)
    {
        var plan = OnCallPlan.From(await db.Set<OnCallRow>().AsNoTracking().Select(row => row.Plan).SingleOrDefaultAsync(ct));
        var channels = await db.Set<ChannelRow>().Where(row => row.Enabled && row.ForSamples == sample).Select(row => row.Name).ToListAsync(ct);
        return plan with
        {
            People = [.. plan.People.Select(person => person with { Ways = [.. person.Ways.Where(way => channels.Contains(way.Channel))] }).Where(person => person.Ways.Count > 0)],
        };
    }

    private static AlarmPhase Phase(NoticeRow notice) => notice.State is NoticeState.Open ? AlarmPhase.Active : AlarmPhase.Acknowledged;

    private static async Task<List<NotificationTry>> TriesAsync(QingyuanDb db, NoticeRow notice, CancellationToken ct)
    {
        var messages = await db.Set<MessageRow>().AsNoTracking().Where(row => row.NoticeId == notice.Id).ToListAsync(ct);
        return [.. messages.GroupBy(row => row.Step).OrderBy(step => step.Key).Select(step => new NotificationTry(step.First().Person, step.Min(row => row.QueuedAt), step.Max(row => row.ReceiptAt)))];
    }

    private void Queue(QingyuanDb db, NoticeRow notice, OnCallPerson person, int step, DateTimeOffset now)
    {
        foreach (var way in person.Ways)
            db.Add(new MessageRow
            {
                Id = Guid.CreateVersion7(now),
                NoticeId = notice.Id,
                StationNo = notice.StationNo,
                Step = step,
                Person = person.Name,
                Language = person.Language,
                Channel = way.Channel,
                Address = way.Address,
                QueuedAt = now,
                DueAt = now,
            });
        db.AfterCommit(bell.Ring);
    }
}
