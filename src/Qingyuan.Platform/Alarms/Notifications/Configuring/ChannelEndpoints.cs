using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Platform.Alarms.Notifications.Configuring;

internal static class ChannelEndpoints
{
    /// <summary>A channel to store under its name. A secret that is not given stays as it is.</summary>
    public sealed record ChannelBody(
        string? Kind, bool? Enabled, bool? ForSamples, IReadOnlyDictionary<string, string?>? Settings, IReadOnlyDictionary<string, string?>? Secrets);

    /// <param name="Address">Mail address or telephone number; a group robot needs none.</param>
    public sealed record TestBody(string? Address);

    private static readonly Dictionary<string, string?> None = [];

    public static void Map(IEndpointRouteBuilder api)
    {
        var channels = api.MapGroup("/notification-channels").WithTags("notifications");
        channels.MapGet("/", ListAsync).RequireAuthorization(Policies.ManageSystem).WithSummary("Channels, without their secrets");
        channels.MapPut("/{name}", PutAsync).RequireAuthorization(Policies.ManageSystem).WithSummary("Create or change a channel");
        channels.MapPost("/{name}/test", TestAsync).RequireAuthorization(Policies.ManageSystem).WithSummary("Send one test message now; error is null when the other side took it");
    }

    private static async Task<Ok<Page<ChannelView>>> ListAsync(INotificationDesk desk, CancellationToken ct) => TypedResults.Ok(new Page<ChannelView>(await desk.ChannelsAsync(ct), null));

    private static async Task<Results<Ok<ChannelView>, ProblemHttpResult>> PutAsync(string name, ChannelBody body, INotificationDesk desk, ICurrentActor current, CancellationToken ct)
    {
        var draft = new ChannelDraft(name, body.Kind, body.Enabled ?? true, body.ForSamples ?? false, body.Settings ?? None, body.Secrets ?? None);
        return (await desk.SaveChannelAsync(draft, current.Actor, ct)).TryGet(out var saved, out var refusal) ? TypedResults.Ok(saved) : Problems.From(refusal);
    }

    private static async Task<Results<Ok<TestOutcome>, ProblemHttpResult>> TestAsync(string name, TestBody body, INotificationDesk desk, ICurrentActor current, CancellationToken ct) =>
        (await desk.TestAsync(name, body.Address, current.Actor, ct)).TryGet(out var outcome, out var refusal) ? TypedResults.Ok(outcome) : Problems.From(refusal);
}
