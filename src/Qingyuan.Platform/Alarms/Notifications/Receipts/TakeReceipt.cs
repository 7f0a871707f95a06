using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Alarms.Notifications.Receipts;

/// <summary>A person confirms a message over its link: nobody else is called. The alarm itself stays as it is, because nobody signed in.</summary>
internal sealed class TakeReceipt(IDatabase database, ReceiptTokens tokens, IElectronicLedger ledger, Organisation organisation, TimeProvider clock)
{
    /// <summary>Who was called about what; null when the token is none of ours.</summary>
    public async Task<MessageRow?> FindAsync(string token, CancellationToken ct)
    {
        if (tokens.Read(token) is not { } id) return null;
        await using var db = database.Read();
        return await db.Set<MessageRow>().SingleOrDefaultAsync(row => row.Id == id, ct);
    }

    /// <summary>False when the token is none of ours. A second click changes nothing.</summary>
    public async Task<bool> ConfirmAsync(string token, CancellationToken ct)
    {
        if (await FindAsync(token, ct) is not { } found) return false;
        return await database.WriteAsync(
            async (db, cancel) =>
            {
                var message = await db.Set<MessageRow>().SingleAsync(row => row.Id == found.Id, cancel);
                if (message.ReceiptAt is not null) return true;
                var notice = await db.Set<NoticeRow>().SingleAsync(row => row.Id == message.NoticeId, cancel);
                message.ReceiptAt = clock.GetUtcNow();
                notice.NextAt = null;
                if (notice.State is NoticeState.Open) notice.State = NoticeState.Settled;
                notice.Version++;
                ledger.Record(db, new("notification.receipt", notice.Subject, notice.StationNo, null, Actor.Service("receipt-link", organisation.Code), message.ReceiptAt.Value, Body(message)));
                return true;
            },
            ct);
    }

    private static JsonObject Body(MessageRow message) => new()
    {
        ["message"] = message.Id.ToString(),
        ["person"] = message.Person,
        ["channel"] = message.Channel,
        ["address"] = message.Address,
    };
}
