using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qingyuan.Ledger.Canonical;

/// <summary>
/// RFC 8785 (JCS), narrowed: no numbers but the root's <c>v</c>, no null, strings in NFC without control characters, at most eight levels.
/// </summary>
/// <remarks>
/// The narrowing leaves exactly two escapes, <c>\"</c> and <c>\\</c>, and removes every float difference. Canonical form exists so that two honest
/// writers agree; a verifier hashes the stored bytes and never writes them anew.
/// </remarks>
public static class CanonicalJson
{
    /// <summary>Longest entry: the tile format's length is two bytes.</summary>
    public const int MaxBytes = 65_535;

    /// <summary>Levels of objects and arrays, the root included.</summary>
    public const int MaxDepth = 8;

    private const string VersionMember = "v";

    /// <summary>Writes <paramref name="root"/> canonically.</summary>
    /// <exception cref="CanonicalException">The document breaks a rule of the profile.</exception>
    public static byte[] Write(JsonObject root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var text = new StringBuilder();
        WriteObject(text, root, "", 1);
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return bytes.Length <= MaxBytes ? bytes : throw new CanonicalException(CanonicalFault.TooLong, "");
    }

    /// <summary>Whether <paramref name="bytes"/> are what <see cref="Write"/> would give for the same document.</summary>
    public static CanonicalFault Check(ReadOnlySpan<byte> bytes) => TryRead(bytes, out _);

    /// <summary>Checks <paramref name="bytes"/> and reads them; <paramref name="root"/> is null unless the answer is <see cref="CanonicalFault.None"/>.</summary>
    public static CanonicalFault TryRead(ReadOnlySpan<byte> bytes, out JsonObject? root)
    {
        root = null;
        if (bytes.Length > MaxBytes) return CanonicalFault.TooLong;
        try
        {
            var parsed = JsonNode.Parse(bytes, documentOptions: new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false }) as JsonObject;
            if (parsed is null) return CanonicalFault.NotJson;
            if (!bytes.SequenceEqual(Write(parsed))) return CanonicalFault.NotMinimal;
            root = parsed;
            return CanonicalFault.None;
        }
        catch (CanonicalException error)
        {
            return error.Fault;
        }
        catch (JsonException error)
        {
            return error.Message.Contains("uplicate", StringComparison.Ordinal) ? CanonicalFault.DuplicateMember : CanonicalFault.NotJson;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            return CanonicalFault.NotJson; // a lone surrogate behind a \u escape shows only when the string is read
        }
    }

    private static void WriteNode(StringBuilder text, JsonNode? node, string where, int depth)
    {
        switch (node)
        {
            case null:
                throw new CanonicalException(CanonicalFault.Null, where);
            case JsonObject map:
                WriteObject(text, map, where, depth + 1);
                break;
            case JsonArray list:
                WriteArray(text, list, where, depth + 1);
                break;
            default:
                WriteValue(text, node, where);
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonObject map, string where, int depth)
    {
        if (depth > MaxDepth) throw new CanonicalException(CanonicalFault.TooDeep, where);
        text.Append('{');
        var first = true;
        foreach (var (name, value) in map.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            if (!first) text.Append(',');
            first = false;
            var here = where.Length == 0 ? name : $"{where}.{name}";
            WriteString(text, name, here);
            text.Append(':');
            if (depth == 1 && name == VersionMember) WriteVersion(text, value, here);
            else WriteNode(text, value, here, depth);
        }

        text.Append('}');
    }

    private static void WriteArray(StringBuilder text, JsonArray list, string where, int depth)
    {
        if (depth > MaxDepth) throw new CanonicalException(CanonicalFault.TooDeep, where);
        text.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0) text.Append(',');
            WriteNode(text, list[i], $"{where}[{i}]", depth);
        }

        text.Append(']');
    }

    private static void WriteValue(StringBuilder text, JsonNode value, string where)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                WriteString(text, value.GetValue<string>(), where);
                break;
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            case JsonValueKind.Null:
                throw new CanonicalException(CanonicalFault.Null, where);
            default:
                throw new CanonicalException(CanonicalFault.Number, where);
        }
    }

    private static void WriteVersion(StringBuilder text, JsonNode? value, string where)
    {
        var written = value?.ToJsonString() ?? throw new CanonicalException(CanonicalFault.Null, where);
        // Digits only, no leading zero: 1.0 and 1e0 are other bytes for the same number.
        if (written.Length is 0 or > 9 || written[0] is < '1' or > '9' || !written.All(char.IsAsciiDigit)) throw new CanonicalException(CanonicalFault.Number, where);
        text.Append(written);
    }

    private static void WriteString(StringBuilder text, string value, string where)
    {
        if (HasLoneSurrogate(value)) throw new CanonicalException(CanonicalFault.NotJson, where);
        if (value.Any(char.IsControl)) throw new CanonicalException(CanonicalFault.ControlCharacter, where);
        if (!value.IsNormalized(NormalizationForm.FormC)) throw new CanonicalException(CanonicalFault.NotNormalised, where);
        text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\') text.Append('\\');
            text.Append(c);
        }

        text.Append('"');
    }

    private static bool HasLoneSurrogate(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i])) continue;
            if (i + 1 >= value.Length || !char.IsSurrogatePair(value[i], value[i + 1])) return true;
            i++;
        }

        return false;
    }
}
