using System.Text.Json.Nodes;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Alarms.Notifications.Configuring;

/// <summary>Who changed whom the platform calls, and how: a ledger entry in the change's transaction, secrets by name only.</summary>
internal sealed class SettingsRecorder(IElectronicLedger ledger, TimeProvider clock)
{
    public void Record(QingyuanDb db, string what, string name, Actor actor, JsonObject body) =>
        ledger.Record(db, new($"setting.notification.{what}", $"notification-{what}:{name}", null, null, actor, clock.GetUtcNow(), body));
}
