using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Alarms.Notifications;

/// <summary>The message log: who was called about what, over which channel, with what success and receipt.</summary>
internal static class NotificationEndpoints
{
    public sealed record MessageJson(
        Guid Id, string Subject, int? StationNo, int Step, string Person, string Channel, string? Address, string State, int Attempts, DateTimeOffset QueuedAt,
        DateTimeOffset? NextTryAt, DateTimeOffset? SentAt, DateTimeOffset? ReceiptAt, string? Error, string? Text);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/notifications", ListAsync).RequireAuthorization(Policies.ReadBusiness)
        .WithTags("notifications").WithSummary("Messages to people on call, newest first");

    private static async Task<Results<Ok<Page<MessageJson>>, ProblemHttpResult>> ListAsync(
        IDatabase database, ICurrentActor current, string? subject, int? limit, string? after, CancellationToken ct)
    {
        if (limit is < 1) return Problems.Field("limit", "at least 1");
        Guid before = default;
        if (after is not null && !Guid.TryParse(after, out before)) return Problems.Field("after", "what the page before gave as next");
        await using var db = database.Read();
        var rows = db.Set<MessageRow>().Join(db.Set<NoticeRow>(), message => message.NoticeId, notice => notice.Id, (message, notice) => new { message, notice });
        if (current.StationScope is { } scope) rows = rows.Where(row => row.message.StationNo != null && scope.Contains(row.message.StationNo.Value));
        if (subject is not null) rows = rows.Where(row => row.notice.Subject == subject);
        if (after is not null) rows = rows.Where(row => row.message.Id < before);
        var size = Math.Clamp(limit ?? 100, 1, 500);
        var found = await rows.OrderByDescending(row => row.message.Id).Take(size + 1).ToListAsync(ct);
        var items = found.Take(size).Select(row => Json(row.message, row.notice.Subject, current.StationScope is null)).ToList();
        return TypedResults.Ok(new Page<MessageJson>(items, found.Count > size ? items[^1].Id.ToString() : null));
    }

    // Whose view is confined to some outlets does not learn where people are reached; an error may quote the address.
    private static MessageJson Json(MessageRow row, string subject, bool whole) => new(
        row.Id, subject, row.StationNo, row.Step, row.Person, row.Channel, whole ? row.Address : null, AlarmTexts.Code(row.State), row.Attempts, Local(row.QueuedAt)!.Value,
        row.State is MessageState.Pending ? Local(row.DueAt) : null, Local(row.SentAt), Local(row.ReceiptAt), whole ? row.Error : null, row.Text);

    private static DateTimeOffset? Local(DateTimeOffset? at) => at?.ToOffset(StationClock.Offset);
}
