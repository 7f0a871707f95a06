using System.Globalization;
using System.Text.Json;
using Qingyuan.Hj212.Inspection;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Host.Commands.Frames;

/// <summary>Reads what <see cref="FrameJson"/> writes, and what people write by hand: members may be missing, numbers may be strings.</summary>
internal static class FrameJsonReader
{
    /// <exception cref="FormatException">The line is no such object; the message names the member.</exception>
    public static DecodedFrame Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            if (json.ValueKind != JsonValueKind.Object) throw new FormatException("not a JSON object");
            if (json.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.False) throw new FormatException("a refused frame (\"ok\":false) has nothing to encode");
            return new(
                Edition.V2017, Text(json, "qn"), Text(json, "st"), Text(json, "cn") ?? throw new FormatException("cn is missing"), Text(json, "pw"), Text(json, "mn"),
                Number(json, "flag") is { } flag ? checked((byte)flag) : null, Number(json, "pnum"), Number(json, "pno"), Number(json, "rf"), "", Fields(json), []);
        }
        catch (JsonException error)
        {
            throw new FormatException($"not JSON: {error.Message}");
        }
        catch (OverflowException)
        {
            throw new FormatException("flag is not between 0 and 255");
        }
    }

    private static List<DecodedField> Fields(JsonElement json)
    {
        var fields = new List<DecodedField>();
        if (!json.TryGetProperty("fields", out var array) || array.ValueKind == JsonValueKind.Null) return fields;
        if (array.ValueKind != JsonValueKind.Array) throw new FormatException("fields is not an array");
        foreach (var field in array.EnumerateArray())
        {
            if (field.ValueKind != JsonValueKind.Object) throw new FormatException($"fields[{fields.Count}] is not an object");
            var name = Text(field, "name") ?? throw new FormatException($"fields[{fields.Count}].name is missing");
            fields.Add(new(name, Text(field, "value") ?? "", Separator(field, fields.Count)));
        }
        return fields;
    }

    private static char? Separator(JsonElement field, int at) => Text(field, "separator") switch
    {
        null => null,
        ";" => ';',
        "," => ',',
        _ => throw new FormatException($"fields[{at}].separator is neither ; nor ,"),
    };

    private static string? Text(JsonElement json, string name) => !json.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => throw new FormatException($"{name} is neither text nor number"),
    };

    private static int? Number(JsonElement json, string name) => Text(json, name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new FormatException($"{name} is not a number");
}
