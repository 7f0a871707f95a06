using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Alarms.Notifications.Configuring;

/// <summary>The on-call order: read, checked, replaced.</summary>
internal sealed class OnCallBook(IDatabase database, SettingsRecorder recorder)
{
    public async Task<OnCallPlan> ReadAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return OnCallPlan.From(await db.Set<OnCallRow>().Select(row => row.Plan).SingleOrDefaultAsync(ct));
    }

    public Task<Result<OnCallPlan>> SaveAsync(OnCallDraft draft, Actor actor, CancellationToken ct) => database.WriteAsync<Result<OnCallPlan>>(
        async (db, token) =>
        {
            var known = await db.Set<ChannelRow>().Select(row => row.Name).ToListAsync(token);
            if (FirstFault(draft, known) is { } fault) return fault;
            var plan = Plan(draft);
            if (await db.Set<OnCallRow>().SingleOrDefaultAsync(token) is { } row) row.Plan = plan.ToJson();
            else db.Add(new OnCallRow { Plan = plan.ToJson() });
            recorder.Record(db, "on-call", "order", actor, new JsonObject { ["plan"] = plan.ToJson() });
            return plan;
        },
        ct);

    private static FieldFault? FirstFault(OnCallDraft draft, List<string> channels)
    {
        if (draft.ReceiptMinutes is < 1 or > 1440) return new("receiptMinutes", Faults.Range(1, 1440));
        if (draft.Rounds is < 1 or > 10) return new("rounds", Faults.Range(1, 10));
        for (var at = 0; at < draft.People.Count; at++)
        {
            if (draft.People[at] is not { } person) return new($"people[{at}]", new Fault(AlarmTexts.All, "person"));
            if (PersonFault(person, channels) is (var field, var why)) return new($"people[{at}].{field}", why);
        }

        var twice = draft.People.GroupBy(person => person!.Name).FirstOrDefault(same => same.Count() > 1);
        return twice is null ? null : new("people", new Fault(AlarmTexts.All, "person-twice", twice.Key!));
    }

    private static (string Field, Fault Why)? PersonFault(OnCallPersonDraft person, List<string> channels)
    {
        if (string.IsNullOrWhiteSpace(person.Name) || InputText.Fault(person.Name, 64) is not null) return ("name", Faults.Name(64));
        if (person.Language is not (null or "zh" or "en")) return ("language", Faults.OneOf("zh", "en"));
        if (person.Ways is not { Count: > 0 } ways) return ("ways", new Fault(AlarmTexts.All, "ways"));
        if (ways.Any(way => way is null)) return ("ways", new Fault(AlarmTexts.All, "way-null"));
        if (ways.FirstOrDefault(way => way!.Channel is null || !channels.Contains(way.Channel)) is { } unknown) return ("ways", new Fault(AlarmTexts.All, "no-channel", unknown.Channel ?? ""));
        return ways.Any(way => InputText.Fault(way!.Address, 256) is not null) ? ("ways", new Fault(AlarmTexts.All, "way-address")) : null;
    }

    private static OnCallPlan Plan(OnCallDraft draft) => new(
        draft.ReceiptMinutes ?? OnCallPlan.Nobody.ReceiptMinutes,
        draft.Rounds ?? OnCallPlan.Nobody.Rounds,
        [.. draft.People.Select(person => new OnCallPerson(person!.Name!, person.Language ?? "zh", [.. person.Ways!.Select(way => new OnCallWay(way!.Channel!, way.Address ?? ""))]))]);
}
