using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Alarms.Notifications.Sending;

/// <summary>Who was called about what, over which channel, with what success and receipt.</summary>
internal sealed class MessageLog(IDatabase database)
{
    public async Task<Page<MessageView>> ListAsync(MessageQuery query, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        await using var db = database.Read();
        var rows = db.Set<MessageRow>().Join(db.Set<NoticeRow>(), message => message.NoticeId, notice => notice.Id, (message, notice) => new { message, notice });
        if (scope is not null) rows = rows.Where(row => row.message.StationNo != null && scope.Contains(row.message.StationNo.Value));
        if (query.Subject is { } subject) rows = rows.Where(row => row.notice.Subject == subject);
        if (query.Before is { } before) rows = rows.Where(row => row.message.Id < before);
        var found = await rows.OrderByDescending(row => row.message.Id).Take(query.Limit + 1).ToListAsync(ct);
        var items = found.Take(query.Limit).Select(row => View(row.message, row.notice.Subject)).ToList();
        return new(items, found.Count > query.Limit ? items[^1].Id.ToString() : null);
    }

    private static MessageView View(MessageRow row, string subject) => new(
        row.Id, subject, row.StationNo, row.Step, row.Person, row.Channel, row.Address, AlarmTexts.Code(row.State), row.Attempts, Local(row.QueuedAt)!.Value,
        row.State is MessageState.Pending ? Local(row.DueAt) : null, Local(row.SentAt), Local(row.ReceiptAt), row.Error, row.Text);

    private static DateTimeOffset? Local(DateTimeOffset? at) => at?.ToOffset(StationClock.Offset);
}
