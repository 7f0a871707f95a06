using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Platform.Alarms.Notifications;

/// <summary>The message log.</summary>
internal static class NotificationEndpoints
{
    public sealed record MessageJson(
        Guid Id, string Subject, int? StationNo, int Step, string Person, string Channel, string? Address, string State, int Attempts, DateTimeOffset QueuedAt,
        DateTimeOffset? NextTryAt, DateTimeOffset? SentAt, DateTimeOffset? ReceiptAt, string? Error, string? Text);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/notifications", ListAsync).RequireAuthorization(Policies.ReadBusiness)
        .WithTags("notifications").WithSummary("Messages to people on call, newest first");

    private static async Task<Results<Ok<Page<MessageJson>>, ProblemHttpResult>> ListAsync(
        INotificationDesk desk, ICurrentActor current, string? subject, int? limit, string? after, CancellationToken ct)
    {
        if (limit is < 1) return Problems.Field("limit", Faults.AtLeast(1));
        Guid before = default;
        if (after is not null && !Guid.TryParse(after, out before)) return Problems.Field("after", Faults.Page);
        var page = await desk.MessagesAsync(new(subject, Math.Clamp(limit ?? 100, 1, 500), after is null ? null : before), current.StationScope, ct);
        return TypedResults.Ok(new Page<MessageJson>([.. page.Items.Select(message => Json(message, current.StationScope is null))], page.Next));
    }

    // Whose view is confined to some outlets does not learn where people are reached; an error may quote the address.
    private static MessageJson Json(MessageView message, bool whole) => new(
        message.Id, message.Subject, message.StationNo, message.Step, message.Person, message.Channel, whole ? message.Address : null, message.State, message.Attempts, message.QueuedAt,
        message.NextTryAt, message.SentAt, message.ReceiptAt, whole ? message.Error : null, message.Text);
}
