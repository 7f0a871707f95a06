using System.Text.Json;
using System.Text.Json.Serialization;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Rules.Exchange;

namespace Qingyuan.Platform.Exchange.Deliveries;

/// <summary>A rule as its row keeps it: readable without this program.</summary>
internal static class RuleText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(DeliveryRule rule) => JsonSerializer.Serialize(rule, Options);

    public static DeliveryRule Read(string text) => JsonSerializer.Deserialize<DeliveryRule>(text, Options)!; // rows hold what Of wrote

    public static DeliverySchedule Schedule(this DeliveryRule rule) => new(rule.Every, rule.At, rule.Day ?? 1);
}
