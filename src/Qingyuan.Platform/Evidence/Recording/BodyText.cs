using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qingyuan.Platform.Evidence.Recording;

/// <summary>Brings texts that people typed into canonical shape without losing a word.</summary>
/// <remarks>
/// Strings become NFC. A line break becomes U+2028, Unicode's own line separator, and a tab a space, because the format knows no control characters;
/// any other control character stays and is refused by the canonical writer.
/// </remarks>
internal static class BodyText
{
    public static JsonObject Normalised(JsonObject body) => (JsonObject)Copy(body)!;

    public static string Normalised(string text) => text
        .Replace("\r\n", "\u2028", StringComparison.Ordinal)
        .Replace('\n', '\u2028')
        .Replace('\r', '\u2028')
        .Replace('\t', ' ')
        .Normalize(NormalizationForm.FormC);

    private static JsonNode? Copy(JsonNode? node) => node switch
    {
        null => null,
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(Normalised(member.Key), Copy(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Copy)]),
        _ when node.GetValueKind() is JsonValueKind.String => JsonValue.Create(Normalised(node.GetValue<string>())),
        _ => node.DeepClone(),
    };
}
