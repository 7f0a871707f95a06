using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Retention.Deleting;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Retention.Cold;

/// <summary>When measured values become cold, as a person set it. One row or none.</summary>
internal sealed class TierRow
{
    public const string Cold = "cold";

    public required string Tier { get; init; }

    public int Months { get; set; }

    public required string Reason { get; set; }

    public required string ActorId { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>Keeps that rule, and enters what was moved into the ledger.</summary>
internal sealed class ColdRule(IDatabase database, IElectronicLedger ledger, Organisation organisation, TimeProvider clock) : ITiers, IColdPolicy
{
    public async Task<TierRule> ColdAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Set<TierRow>().SingleOrDefaultAsync(row => row.Tier == TierRow.Cold, ct) is { } row ? new(row.Months, row.ChangedAt, row.ActorId, row.Reason) : new(IColdPolicy.UsualMonths, null, null, null);
    }

    public async Task<Result<TierRule>> PutColdAsync(int months, string? reason, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (months is < ITiers.LeastColdMonths or > IRetention.MostMonths) return new Refusal("retention.cold-invalid", "months", ITiers.LeastColdMonths, IRetention.MostMonths);
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("retention.reason-missing", "reason");
        return await database.WriteAsync(
            async (db, token) =>
            {
                var row = await db.Set<TierRow>().SingleOrDefaultAsync(row => row.Tier == TierRow.Cold, token);
                var before = row?.Months ?? IColdPolicy.UsualMonths;
                if (row is null) db.Add(row = new() { Tier = TierRow.Cold, Reason = "", ActorId = "" });
                (row.Months, row.Reason, row.ActorId, row.ChangedAt) = (months, reason.Trim(), actor.Id, clock.GetUtcNow());
                ledger.Record(db, new("retention.cold.changed", null, null, null, actor, row.ChangedAt, new JsonObject { ["months"] = DeletionDesk.Text(months), ["before"] = DeletionDesk.Text(before), ["reason"] = row.Reason }));
                return new TierRule(row.Months, row.ChangedAt, row.ActorId, row.Reason);
            },
            ct);
    }

    public async Task<int> MonthsAsync(CancellationToken ct) => (await ColdAsync(ct)).Months;

    public Task EnterAsync(ColdPart part, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var draft = Draft(part);
            if (!await ledger.HasAsync(db, draft, token)) ledger.Record(db, draft);
            return true;
        },
        ct);

    private LedgerEntryDraft Draft(ColdPart part) => new(
        "retention.cold.written", $"cold:{part.Month}-{part.Number}", null, null, Actor.Service("retention", organisation.Code), part.WrittenAt,
        new JsonObject
        {
            ["month"] = part.Month, ["part"] = DeletionDesk.Text(part.Number), ["stations"] = DeletionDesk.Text(part.Stations.Count), ["values"] = DeletionDesk.Text(part.Values), ["sources"] = DeletionDesk.Text(part.Sources),
            ["files"] = new JsonArray([.. part.Files.Select(file => (JsonNode)new JsonObject { ["name"] = file.Name, ["bytes"] = DeletionDesk.Text(file.Bytes), ["sha256"] = file.Sha256 })]),
        });
}
