using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Operations.WorkOrders.Opening;

/// <summary>Numbers people can say on the telephone: <c>W-1125-03</c> is the third order of 25 November.</summary>
internal static class OrderNumbers
{
    /// <summary>The next number of the day; taken back when the transaction is.</summary>
    public static async Task<(DateOnly Day, string Number)> NextAsync(QingyuanDb db, DateTimeOffset now, CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(StationClock.Wall(now));
        // One statement on both engines: the row is locked until the transaction ends, so no number is given twice and none is lost.
        var last = await db.Database.SqlQuery<int>(
            $"""
             INSERT INTO work_order_day ("Day", "Last") VALUES ({day}, 1)
             ON CONFLICT ("Day") DO UPDATE SET "Last" = work_order_day."Last" + 1
             RETURNING "Last" AS "Value"
             """).ToListAsync(ct);
        return (day, string.Create(CultureInfo.InvariantCulture, $"W-{day:MMdd}-{last[0]:00}"));
    }
}
