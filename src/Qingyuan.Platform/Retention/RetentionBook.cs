using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Retention;

/// <summary>A time that a person set.</summary>
internal sealed class RetentionRow
{
    public DataClass Class { get; init; }

    public int Months { get; set; }

    public required string Reason { get; set; }

    public required string ActorId { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}

internal sealed class RetentionBook(IDatabase database, IElectronicLedger ledger, TimeProvider clock) : IRetention
{
    public async Task<IReadOnlyList<RetentionRule>> ListAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var rows = await db.Set<RetentionRow>().ToDictionaryAsync(row => row.Class, ct);
        return [.. Enum.GetValues<DataClass>().Select(kind => rows.TryGetValue(kind, out var row) ? Rule(row) : new(kind, kind is DataClass.Ledger ? null : IRetention.UsualMonths, null, null, null))];
    }

    public async Task<Result<RetentionRule>> PutAsync(DataClass dataClass, int months, string? reason, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (dataClass is DataClass.Ledger) return new Refusal("retention.kept-for-ever");
        if (months is < IRetention.LeastMonths or > IRetention.MostMonths) return new Refusal("retention.months-invalid", "months", IRetention.LeastMonths, IRetention.MostMonths);
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("retention.reason-missing", "reason");
        var said = reason.Trim();
        return Rule(await database.WriteAsync(
            async (db, token) =>
            {
                var row = await db.Set<RetentionRow>().SingleOrDefaultAsync(row => row.Class == dataClass, token);
                var before = row?.Months ?? IRetention.UsualMonths;
                if (row is null) db.Add(row = new() { Class = dataClass, Reason = said, ActorId = actor.Id });
                (row.Months, row.Reason, row.ActorId, row.ChangedAt) = (months, said, actor.Id, clock.GetUtcNow());
                ledger.Record(db, new("retention.changed", null, null, null, actor, row.ChangedAt, new JsonObject
                {
                    ["class"] = AlarmTexts.Code(dataClass), ["months"] = Text(months), ["before"] = Text(before), ["reason"] = said,
                }));
                return row;
            },
            ct));
    }

    private static RetentionRule Rule(RetentionRow row) => new(row.Class, row.Months, row.ChangedAt, row.ActorId, row.Reason);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
