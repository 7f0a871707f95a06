using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Alarms.Notifications.Configuring;

/// <summary>Secrets go in and never come out: an answer names them only.</summary>
internal static class ChannelEndpoints
{
    public sealed record ChannelJson(string Name, string Kind, bool Enabled, bool ForSamples, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Secrets);

    /// <summary>A channel to store under its name. A secret that is not given stays as it is.</summary>
    public sealed record ChannelBody(
        string? Kind, bool? Enabled, bool? ForSamples, IReadOnlyDictionary<string, string>? Settings, IReadOnlyDictionary<string, string>? Secrets);

    public sealed record ChannelsJson(IReadOnlyList<ChannelJson> Items, string? Next);

    private static readonly Dictionary<string, ChannelKind> Kinds = new(StringComparer.Ordinal)
    {
        ["email"] = ChannelKind.Email,
        ["wecom"] = ChannelKind.WeCom,
        ["dingtalk"] = ChannelKind.DingTalk,
        ["sms"] = ChannelKind.Sms,
        ["webhook"] = ChannelKind.Webhook,
    };

    public static void Map(IEndpointRouteBuilder api)
    {
        var channels = api.MapGroup("/notification-channels").WithTags("notifications");
        channels.MapGet("/", ListAsync).RequireAuthorization(Policies.ManageSystem).WithSummary("Channels, without their secrets");
        channels.MapPut("/{name}", PutAsync).RequireAuthorization(Policies.ManageSystem).WithSummary("Create or change a channel");
    }

    private static async Task<Ok<ChannelsJson>> ListAsync(IDatabase database, ChannelStore store, CancellationToken ct)
    {
        await using var db = database.Read();
        var rows = await db.Set<ChannelRow>().OrderBy(row => row.Name).ToListAsync(ct);
        return TypedResults.Ok(new ChannelsJson([.. rows.Select(row => Json(row, store))], null));
    }

    private static async Task<Results<Ok<ChannelJson>, ProblemHttpResult>> PutAsync(
        string name, ChannelBody body, IDatabase database, ChannelStore store, SettingsRecorder recorder, ICurrentActor current, CancellationToken ct)
    {
        if (name.Length > 64 || InputText.Fault(name) is not null) return Problems.Field("name", "at most 64 plain characters");
        if (body.Kind is null || !Kinds.TryGetValue(body.Kind, out var kind)) return Problems.Field("kind", "one of " + string.Join(", ", Kinds.Keys));
        if (Texts(body).FirstOrDefault(text => text.Value is null || InputText.Fault(text.Value) is not null) is { Key: { } bad }) return Problems.Field(bad, "not a plain text");
        return await database.WriteAsync<Results<Ok<ChannelJson>, ProblemHttpResult>>(
            async (db, token) =>
            {
                var row = await db.Set<ChannelRow>().SingleOrDefaultAsync(each => each.Name == name, token);
                var secrets = ChannelStore.Merge(row is null ? new Dictionary<string, string>() : store.OpenSecrets(row), body.Secrets ?? new Dictionary<string, string>());
                var settings = body.Settings ?? new Dictionary<string, string>();
                if (store.Sender(kind).FirstFault(new(name, kind, ChannelStore.Merge(settings, secrets))) is { } fault) return Problems.Field(fault, "missing or wrong for this kind of channel");
                if (row is null) db.Add(row = new() { Id = Guid.CreateVersion7(), Name = name, Settings = "{}" });
                (row.Kind, row.Enabled, row.ForSamples) = (kind, body.Enabled ?? true, body.ForSamples ?? false);
                (row.Settings, row.Secrets) = (AlarmRow.Json(settings), store.Seal(secrets));
                recorder.Record(db, "channel", name, current.Actor, Body(row, secrets.Keys));
                return TypedResults.Ok(Json(row, store));
            },
            ct);
    }

    private static IEnumerable<KeyValuePair<string, string>> Texts(ChannelBody body) => (body.Settings ?? new Dictionary<string, string>()).Concat(body.Secrets ?? new Dictionary<string, string>());

    private static ChannelJson Json(ChannelRow row, ChannelStore store) =>
        new(row.Name, KindName(row.Kind), row.Enabled, row.ForSamples, AlarmRow.Texts(row.Settings), [.. store.OpenSecrets(row).Keys.Order(StringComparer.Ordinal)]);

    private static string KindName(ChannelKind kind) => Kinds.First(each => each.Value == kind).Key;

    private static JsonObject Body(ChannelRow row, IEnumerable<string> secrets) => new()
    {
        ["kind"] = KindName(row.Kind),
        ["enabled"] = row.Enabled,
        ["forSamples"] = row.ForSamples,
        ["settings"] = new JsonObject(AlarmRow.Texts(row.Settings).Select(each => KeyValuePair.Create<string, JsonNode?>(each.Key, each.Value))),
        ["secretsSet"] = new JsonArray([.. secrets.Order(StringComparer.Ordinal).Select(each => (JsonNode?)each)]),
    };
}
