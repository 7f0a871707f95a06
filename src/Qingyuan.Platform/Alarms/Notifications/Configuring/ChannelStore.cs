using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Notifications.Channels;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Alarms.Notifications.Configuring;

/// <summary>Channels as configured; secrets are opened only for a sending.</summary>
internal sealed class ChannelStore(IDatabase database, ISecretProtector protector, IEnumerable<INotificationChannel> kinds)
{
    /// <summary>The channel ready to send, null when it does not exist or is switched off.</summary>
    public async Task<(ChannelSetup Setup, INotificationChannel Sender)?> OpenAsync(string name, CancellationToken ct, bool evenWhenOff = false)
    {
        await using var db = database.Read();
        var row = await db.Set<ChannelRow>().SingleOrDefaultAsync(channel => channel.Name == name && (channel.Enabled || evenWhenOff), ct);
        return row is null ? null : (new(row.Name, row.Kind, Merge(AlarmRow.Texts(row.Settings), OpenSecrets(row))), Sender(row.Kind));
    }

    public INotificationChannel Sender(ChannelKind kind) => kinds.First(each => each.Serves(kind));

    public IReadOnlyDictionary<string, string> OpenSecrets(ChannelRow row) =>
        row.Secrets is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(protector.Unprotect(row.Secrets)) ?? [];

    public byte[]? Seal(IReadOnlyDictionary<string, string> secrets) =>
        secrets.Count == 0 ? null : protector.Protect(JsonSerializer.SerializeToUtf8Bytes(secrets));

    public static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> under, IReadOnlyDictionary<string, string> over)
    {
        var all = new Dictionary<string, string>(under, StringComparer.Ordinal);
        foreach (var (name, value) in over) all[name] = value;
        return all;
    }
}
