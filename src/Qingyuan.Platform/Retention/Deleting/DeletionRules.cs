using System.Globalization;
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
        var kept = await KeptAsync(db, dataClass, ct);
        var newest = DeletionMonths.NewestBeyond(dataClass, kept, clock.GetUtcNow());
        if (to > newest) return new("retention.deletion-young", MonthName.Of(Math.Max(from, newest + 1)), kept);
        var hold = await db.Set<HoldRow>().Where(row => row.Class == dataClass && row.LiftedAt == null && row.FromMonth <= to && row.ToMonth >= from).OrderBy(row => row.SetAt).FirstOrDefaultAsync(ct);
        return hold is null ? null : new("retention.deletion-held", MonthName.Of(hold.FromMonth), MonthName.Of(hold.ToMonth), hold.Reason);
    }

    /// <summary>The same for what a month was found to hold: a logger whose clock stood years back makes values of an old month that were received today, and their time counts from their receipt.</summary>
    /// <param name="db">Where terms are.</param>
    /// <param name="dataClass">Its class.</param>
    /// <param name="month"><c>yyyy-MM</c>.</param>
    /// <param name="newestReceipt">When the newest of it was received; null when the month itself says that.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Refusal?> ForbidsAsync(QingyuanDb db, DataClass dataClass, string month, DateTimeOffset? newestReceipt, CancellationToken ct)
    {
        if (newestReceipt is not { } received) return null;
        var kept = await KeptAsync(db, dataClass, ct);
        if (DeletionMonths.MonthOf(dataClass, received) <= DeletionMonths.NewestBeyond(dataClass, kept, clock.GetUtcNow())) return null;
        return new("retention.deletion-received-lately", month, StationClock.Wall(received).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), kept);
    }

    /// <summary>Who may not: another role, and whatever is no person. Whoever holds a token could be both of the two.</summary>
    public static Refusal? Excludes(Actor actor, params ReadOnlySpan<string> roles)
    {
        if (actor.Authentication is "token" or "service" or "device") return new("retention.person-needed");
        return roles.Contains(actor.Role) ? null : new("retention.not-your-role");
    }

    private static async Task<int> KeptAsync(QingyuanDb db, DataClass dataClass, CancellationToken ct) =>
        Math.Max(IRetention.LeastMonths, (await db.Set<RetentionRow>().SingleOrDefaultAsync(row => row.Class == dataClass, ct))?.Months ?? IRetention.UsualMonths);
}
