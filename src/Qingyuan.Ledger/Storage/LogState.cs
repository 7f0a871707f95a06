using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Storage;

/// <summary>The signing state: what was signed last, and which opening of the log may sign. Written before a checkpoint is published.</summary>
internal sealed record LogState(string Origin, long Epoch, long Size, Digest Sha256Root, Digest Sm3Root)
{
    /// <summary>Name of the log this one follows after a restoration; null when it follows none.</summary>
    public string? Succeeds { get; init; }

    public Digest Root(HashSuite suite) => ReferenceEquals(suite, HashSuite.Sm3) ? Sm3Root : Sha256Root;

    public byte[] ToBytes()
    {
        var json = Json();
        if (Succeeds is not null) json["succeeds"] = Succeeds;
        return Encoding.UTF8.GetBytes(json.ToJsonString() + "\n");
    }

    private JsonObject Json() => new()
    {
        ["format"] = "1",
        ["origin"] = Origin,
        ["epoch"] = Epoch.ToString(CultureInfo.InvariantCulture),
        ["size"] = Size.ToString(CultureInfo.InvariantCulture),
        ["sha256"] = Sha256Root.ToBase64(),
        ["sm3"] = Sm3Root.ToBase64(),
    };

    public static bool TryRead(ReadOnlySpan<byte> bytes, out LogState? state)
    {
        state = null;
        try
        {
            if (JsonNode.Parse(bytes) is not JsonObject root || (string?)root["format"] != "1" || (string?)root["origin"] is not { } origin) return false;
            if (!long.TryParse((string?)root["epoch"], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)) return false;
            if (!long.TryParse((string?)root["size"], NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return false;
            if (!Digest.TryFromBase64((string?)root["sha256"] ?? "", out var sha256) || !Digest.TryFromBase64((string?)root["sm3"] ?? "", out var sm3)) return false;
            state = new(origin, epoch, size, sha256, sm3) { Succeeds = (string?)root["succeeds"] };
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
