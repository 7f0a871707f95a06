using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Retention.Deleting;

/// <summary>What forbids a deletion, asked when it is requested, when it is approved, and again before anything goes.</summary>
internal sealed class DeletionRules(TimeProvider clock)
{
    /// <summary>Null when nothing forbids it.</summary>
    public async Task<Refusal?> ForbidsAsync(QingyuanDb db, DataClass dataClass, int from, int to, CancellationToken ct)
    {
        var kept = Math.Max(IRetention.LeastMonths, (await db.Set<RetentionRow>().SingleOrDefaultAsync(row => row.Class == dataClass, ct))?.Months ?? IRetention.UsualMonths);
        var newest = DeletionMonths.NewestBeyond(kept, clock.GetUtcNow());
        if (to > newest) return new("retention.deletion-young", MonthName.Of(Math.Max(from, newest + 1)), kept);
        var hold = await db.Set<HoldRow>().Where(row => row.Class == dataClass && row.LiftedAt == null && row.FromMonth <= to && row.ToMonth >= from).OrderBy(row => row.SetAt).FirstOrDefaultAsync(ct);
        return hold is null ? null : new("retention.deletion-held", MonthName.Of(hold.FromMonth), MonthName.Of(hold.ToMonth), hold.Reason);
    }

    /// <summary>Who may not: another role, and whatever is no person. Whoever holds a token could be both of the two.</summary>
    public static Refusal? Excludes(Actor actor, params ReadOnlySpan<string> roles)
    {
        if (actor.Authentication is "token" or "service" or "device") return new("retention.person-needed");
        return roles.Contains(actor.Role) ? null : new("retention.not-your-role");
    }
}
