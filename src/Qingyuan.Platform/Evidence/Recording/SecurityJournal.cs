using System.Text.Json.Nodes;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Evidence.Recording;

/// <summary>Sign-ins and changes of accounts as ledger entries.</summary>
internal sealed class SecurityJournal(IElectronicLedger ledger) : ISecurityJournal
{
    public void Record(QingyuanDb db, string kind, string subject, Actor actor, DateTimeOffset at, IReadOnlyDictionary<string, string> body) => ledger.Record(
        db, new(kind, subject, null, null, actor, at, new JsonObject(body.Where(member => member.Value.Length > 0).Select(member => KeyValuePair.Create(member.Key, (JsonNode?)member.Value)))));
}
