using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Operations.WorkOrders.Clocks;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Operations;

namespace Qingyuan.Platform.Operations.WorkOrders.Acting;

/// <summary>One act on one order: loads the facts, asks the rules, stores state, step, clocks and ledger entry together.</summary>
internal sealed class TakeStep(IDatabase database, StepRecorder recorder, ClockSet clocks, ITechnicians technicians, TimeProvider clock)
{
    private const int Attempts = 4;

    /// <summary>The order's id, or why not. The same act again by the same person with the same fields is the same step.</summary>
    public async Task<Result<WorkOrderRow>> ActAsync(Guid id, OrderAct act, IReadOnlyDictionary<string, string> fields, Actor actor, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.WriteAsync((db, token) => ActAsync(db, id, act, fields, actor, token), ct);
            }
            catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || database.IsUniqueViolation(error))
            {
                // Somebody acted in the same moment: the rules now judge what that made of the order.
                if (attempt == Attempts) return new Refusal("work-order.changed-meanwhile");
            }
        }
    }

    /// <summary>The same as part of another act's transaction.</summary>
    public async Task<Result<WorkOrderRow>> ActAsync(
        QingyuanDb db, Guid id, OrderAct act, IReadOnlyDictionary<string, string> fields, Actor actor, CancellationToken ct)
    {
        if (await db.Set<WorkOrderRow>().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } order) return new Refusal("work-order.not-found");
        var steps = await db.Set<WorkOrderStepRow>().AsNoTracking().Where(row => row.OrderId == id).OrderBy(row => row.Seq).ToListAsync(ct);
        if (IsSame(steps.LastOrDefault(step => step.Act != StepRecorder.Note), act, fields, actor)) return order;
        var facts = new OrderFacts((OrderState)order.State, PersonId.From(order.Technician), [.. steps.Where(step => step.IsWork).Select(step => new OrderActor(step.ActorId, step.ActorRole))]);
        var given = act is OrderAct.Reassign ? PersonId.In(fields) : null;
        var filed = given is null ? null : await technicians.FindAsync(db, given, ct);
        if (!WorkOrderRules.Decide(facts, act, new(actor.Id, actor.Role), PersonId.InFields(fields, filed ?? given)).TryGet(out var decision, out var refusal)) return refusal;
        if (given is not null && filed is null) return NoTechnician(given);
        Apply(order, act, fields, decision);
        await clocks.StopAsync(db, order, fields, actor, ct);
        recorder.Record(db, order, steps.Count == 0 ? 1 : steps[^1].Seq + 1, Name(act), actor, fields);
        return order;
    }

    private void Apply(WorkOrderRow order, OrderAct act, IReadOnlyDictionary<string, string> fields, OrderDecision decision)
    {
        order.State = (WorkOrderState)decision.State;
        order.Technician = PersonId.Name(decision.Technician);
        if (act is OrderAct.Diagnose) order.Cause = fields[OrderFields.Cause];
        if (decision.State is OrderState.Closed or OrderState.Cancelled) order.ClosedAt = clock.GetUtcNow();
    }

    private static bool IsSame(WorkOrderStepRow? last, OrderAct act, IReadOnlyDictionary<string, string> fields, Actor actor) =>
        last is not null && last.Act == Name(act) && last.ActorId == actor.Id && AreEqual(fields, StoredTexts.Read(last.Fields));

    private static bool AreEqual(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(field => other.TryGetValue(field.Key, out var value) && value == field.Value);

    public static Refusal NoTechnician(string name) => new("work-order.technician-invalid", OrderFields.Technician, name);

    public static string Name(OrderAct act) => act.ToString().ToLowerInvariant();
}
