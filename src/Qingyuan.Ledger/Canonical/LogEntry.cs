using System.Globalization;
using System.Text.Json.Nodes;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Canonical;

/// <summary>A sealed record, format 1: who did what, when and where, and its place in its source's own chain.</summary>
/// <remarks>Serialised once; from then on the bytes are what is hashed, signed, stored and served.</remarks>
public sealed record LogEntry
{
    /// <summary>Bytes of <see cref="Salt"/>.</summary>
    public const int SaltLength = 16;

    private const string Base64Prefix = "b64:";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffzzz";
    private static readonly HashSet<string> Known = ["v", "kind", "org", "site", "device", "stream", "seq", "prev", "at", "clock", "actor", "body", "media", "salt", "redacted", "ref"];

    /// <summary>Dotted type, such as <c>auth.login.fail</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The actor's organisation.</summary>
    public required string Org { get; init; }

    /// <summary>Where: an outlet's identity, or <c>platform</c>.</summary>
    public required string Site { get; init; }

    /// <summary>The device inside the site, null when none.</summary>
    public string? Device { get; init; }

    /// <summary>Place in the source's chain, from 1, without gaps.</summary>
    public long Seq { get; init; }

    /// <summary>SHA-256 of the previous entry's bytes of the stream; zeros for the first.</summary>
    public Digest Prev { get; init; }

    /// <summary>Event time by the source's clock; written with three fraction digits and an explicit offset.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Measured clock offset and synchronisation state, null when not measured.</summary>
    public JsonObject? Clock { get; init; }

    /// <summary>Members <c>id</c>, <c>role</c>, <c>auth</c> and, when the actor has one, <c>key</c>.</summary>
    public required JsonObject Actor { get; init; }

    /// <summary>The record itself.</summary>
    public required JsonObject Body { get; init; }

    /// <summary>Digests of files that belong to it, null when none.</summary>
    public JsonArray? Media { get; init; }

    /// <summary>16 random bytes, so that a low-entropy body cannot be guessed from its leaf hash.</summary>
    public required ReadOnlyMemory<byte> Salt { get; init; }

    /// <summary>Names of members replaced by commitments, null when none.</summary>
    public JsonArray? Redacted { get; init; }

    /// <summary>The business record it seals: <c>entry</c> (its id) and <c>subject</c>; null when none.</summary>
    public JsonObject? Ref { get; init; }

    /// <summary>The source's chain: <c>org/site</c>, and <c>/device</c> when there is one.</summary>
    public string Stream => StreamOf(Org, Site, Device);

    /// <summary>The default stream of a source.</summary>
    public static string StreamOf(string org, string site, string? device) => device is null ? $"{org}/{site}" : $"{org}/{site}/{device}";

    /// <summary>The entry's canonical bytes.</summary>
    /// <exception cref="CanonicalException">Some member breaks the profile or the whole is too long.</exception>
    public byte[] ToBytes()
    {
        var root = new JsonObject
        {
            ["v"] = 1,
            ["kind"] = Kind,
            ["org"] = Org,
            ["site"] = Site,
            ["stream"] = Stream,
            ["seq"] = Seq.ToString(CultureInfo.InvariantCulture),
            ["prev"] = Base64Prefix + Prev.ToBase64(),
            ["at"] = At.ToString(TimeFormat, CultureInfo.InvariantCulture),
            ["actor"] = Actor.DeepClone(),
            ["body"] = Body.DeepClone(),
            ["salt"] = Base64Prefix + Convert.ToBase64String(Salt.Span),
        };
        Add("device", Device is null ? null : JsonValue.Create(Device));
        Add("clock", Clock?.DeepClone());
        Add("media", Media?.DeepClone());
        Add("redacted", Redacted?.DeepClone());
        Add("ref", Ref?.DeepClone());
        return CanonicalJson.Write(root);

        void Add(string name, JsonNode? value)
        {
            if (value is not null) root[name] = value;
        }
    }

    /// <summary>Reads an entry strictly: canonical, all required members, no unknown ones.</summary>
    public static EntryFault TryRead(ReadOnlySpan<byte> bytes, out LogEntry? entry)
    {
        entry = null;
        if (CanonicalJson.TryRead(bytes, out var root) is not CanonicalFault.None) return EntryFault.NotCanonical;
        if (root!["v"] is not JsonValue version || !version.TryGetValue<int>(out var v) || v != 1) return EntryFault.Version;
        if (root.Any(member => !Known.Contains(member.Key))) return EntryFault.UnknownMember;
        if (!TryMembers(root, out entry)) return EntryFault.Member;
        return EntryFault.None;
    }

    private static bool TryMembers(JsonObject root, out LogEntry? entry)
    {
        entry = null;
        if (Text(root, "kind") is not { Length: > 0 } kind || Text(root, "org") is not { Length: > 0 } org || Text(root, "site") is not { Length: > 0 } site) return false;
        if (Text(root, "stream") is not { } stream || Text(root, "at") is not { } atText || Text(root, "prev") is not { } prevText) return false;
        if (!Optional<JsonValue>(root, "device") || !Optional<JsonObject>(root, "clock") || !Optional<JsonArray>(root, "media")) return false;
        if (!Optional<JsonArray>(root, "redacted") || !Optional<JsonObject>(root, "ref")) return false;
        if (!TrySeq(root, out var seq) || !TryTime(atText, out var at) || !TrySalt(root, out var salt)) return false;
        if (!prevText.StartsWith(Base64Prefix, StringComparison.Ordinal) || !Digest.TryFromBase64(prevText[Base64Prefix.Length..], out var prev)) return false;
        if (root["actor"] is not JsonObject actor || root["body"] is not JsonObject body) return false;
        if (Text(actor, "id") is null || Text(actor, "role") is null || Text(actor, "auth") is null) return false;
        entry = new()
        {
            Kind = kind, Org = org, Site = site, Device = Text(root, "device"), Seq = seq, Prev = prev, At = at, Actor = actor, Body = body, Salt = salt,
            Clock = root["clock"] as JsonObject, Media = root["media"] as JsonArray, Redacted = root["redacted"] as JsonArray, Ref = root["ref"] as JsonObject,
        };
        return entry.Stream == stream;
    }

    private static string? Text(JsonObject map, string name) => map[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool Optional<T>(JsonObject root, string name) where T : JsonNode => !root.TryGetPropertyValue(name, out var value) || value is T;

    private static bool TrySeq(JsonObject root, out long seq) =>
        long.TryParse(Text(root, "seq"), NumberStyles.None, CultureInfo.InvariantCulture, out seq) && seq > 0 && seq.ToString(CultureInfo.InvariantCulture) == Text(root, "seq");

    private static bool TryTime(string text, out DateTimeOffset at) => DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out at);

    private static bool TrySalt(JsonObject root, out byte[] salt)
    {
        salt = new byte[SaltLength];
        return Text(root, "salt") is { Length: 28 } text && text.StartsWith(Base64Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Base64Prefix.Length..], salt, out var length) && length == SaltLength;
    }
}
