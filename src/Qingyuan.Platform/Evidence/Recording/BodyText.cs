using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qingyuan.Platform.Evidence.Recording;

/// <summary>Brings texts that people (or strangers) typed into canonical shape, so that what somebody typed can never keep an act from being recorded.</summary>
/// <remarks>
/// Strings become NFC. A line break becomes U+2028, Unicode's own line separator, and a tab a space, because the format knows no control characters;
/// any other control character becomes its visible picture (U+2400 …), half a surrogate pair U+FFFD.
/// </remarks>
internal static class BodyText
{
    public static JsonObject Normalised(JsonObject body) => (JsonObject)Copy(body)!;

    public static string Normalised(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        var shown = new StringBuilder(line.Length);
        foreach (var rune in line.EnumerateRunes()) shown.Append(Shown(rune)); // half a surrogate pair is enumerated as U+FFFD
        return shown.ToString().Normalize(NormalizationForm.FormC);
    }

    private static Rune Shown(Rune rune) => rune.Value switch
    {
        '\n' or '\r' => new('\u2028'),
        '\t' => new(' '),
        < 0x20 => new(0x2400 + rune.Value),
        0x7F => new('\u2421'),
        >= 0x80 and <= 0x9F => Rune.ReplacementChar,
        _ => rune,
    };

    private static JsonNode? Copy(JsonNode? node) => node switch
    {
        null => null,
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(Normalised(member.Key), Copy(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Copy)]),
        _ when node.GetValueKind() is JsonValueKind.String => JsonValue.Create(Normalised(node.GetValue<string>())),
        _ => node.DeepClone(),
    };
}
