using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Alarms.Notifications.Configuring;

/// <summary>Channels as people see and set them. Secrets go in and never come out: a view names them only.</summary>
internal sealed class ChannelBook(IDatabase database, ChannelStore store, SettingsRecorder recorder)
{
    private const int LongestName = 64;

    private static readonly Dictionary<string, ChannelKind> Kinds = new(StringComparer.Ordinal)
    {
        ["email"] = ChannelKind.Email,
        ["wecom"] = ChannelKind.WeCom,
        ["dingtalk"] = ChannelKind.DingTalk,
        ["sms"] = ChannelKind.Sms,
        ["webhook"] = ChannelKind.Webhook,
    };

    public async Task<IReadOnlyList<ChannelView>> ListAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return [.. (await db.Set<ChannelRow>().OrderBy(row => row.Name).ToListAsync(ct)).Select(View)];
    }

    public async Task<Result<ChannelView>> SaveAsync(ChannelDraft draft, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Length > LongestName || InputText.Fault(draft.Name) is not null) return new FieldFault("name", Faults.Name(LongestName));
        if (draft.Kind is null || !Kinds.TryGetValue(draft.Kind, out var kind)) return new FieldFault("kind", Faults.OneOf(Kinds.Keys));
        if (draft.Settings.Concat(draft.Secrets).FirstOrDefault(text => text.Value is null || InputText.Fault(text.Value) is not null) is { Key: { } bad }) return new FieldFault(bad, Faults.Text(InputText.LongestNote));
        return await database.WriteAsync<Result<ChannelView>>(
            async (db, token) =>
            {
                var row = await db.Set<ChannelRow>().SingleOrDefaultAsync(each => each.Name == draft.Name, token);
                var secrets = ChannelStore.Merge(row is null ? new Dictionary<string, string>() : store.OpenSecrets(row), draft.Secrets!);
                if (store.Sender(kind).FirstFault(new(draft.Name, kind, ChannelStore.Merge(draft.Settings!, secrets))) is { } fault) return new FieldFault(fault, new Fault(AlarmTexts.All, "setting"));
                if (row is null) db.Add(row = new() { Id = Guid.CreateVersion7(), Name = draft.Name, Settings = "{}" });
                (row.Kind, row.Enabled, row.ForSamples) = (kind, draft.Enabled, draft.ForSamples);
                (row.Settings, row.Secrets) = (AlarmRow.Json(draft.Settings!), store.Seal(secrets));
                recorder.Record(db, "channel", draft.Name, actor, Body(row, secrets.Keys));
                return View(row);
            },
            ct);
    }

    private ChannelView View(ChannelRow row) =>
        new(row.Name, NameOf(row.Kind), row.Enabled, row.ForSamples, AlarmRow.Texts(row.Settings), [.. store.OpenSecrets(row).Keys.Order(StringComparer.Ordinal)]);

    private static string NameOf(ChannelKind kind) => Kinds.First(each => each.Value == kind).Key;

    private static JsonObject Body(ChannelRow row, IEnumerable<string> secrets) => new()
    {
        ["kind"] = NameOf(row.Kind),
        ["enabled"] = row.Enabled,
        ["forSamples"] = row.ForSamples,
        ["settings"] = new JsonObject(AlarmRow.Texts(row.Settings).Select(each => KeyValuePair.Create<string, JsonNode?>(each.Key, each.Value))),
        ["secretsSet"] = new JsonArray([.. secrets.Order(StringComparer.Ordinal).Select(each => (JsonNode?)each)]),
    };
}
