using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Signing;

namespace Qingyuan.Ledger.Checkpoints;

/// <summary>A named verifier key of signed notes (C2SP signed-note), written <c>NAME+ID+BASE64</c>. Threads may share it.</summary>
public sealed class NoteKey
{
    private const int TimeLength = 8;
    private const byte Escape = 0xFF;
    private static readonly byte[] Sm2LogTag = [Escape, .. "sm2-sm3-note/v1\0"u8];
    private static readonly byte[] Sm2CosignatureTag = [Escape, .. "sm2-sm3-cosig/v1\0"u8];

    /// <summary>Names a public key for one purpose. Never reuse a key under two names: Ed25519 notes do not bind the name.</summary>
    /// <exception cref="ArgumentException">The name cannot stand in a note, or the key's scheme is not that of <paramref name="kind"/>.</exception>
    public NoteKey(string name, NoteKind kind, PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!LogOrigin.IsValid(name)) throw new ArgumentException("A key name has no white space and no plus sign.", nameof(name));
        if (key.Algorithm != SchemeOf(kind)) throw new ArgumentException("The key's scheme does not fit.", nameof(key));
        (Name, Kind, Public) = (name, kind, key);
        var hash = SHA256.HashData([.. Encoding.UTF8.GetBytes(name), 0x0A, .. Blob]);
        Id = BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    /// <summary>Who signs; for a log its origin line.</summary>
    public string Name { get; }

    /// <summary>What the signature says.</summary>
    public NoteKind Kind { get; }

    /// <summary>The key itself.</summary>
    public PublicKey Public { get; }

    /// <summary>First four bytes of SHA-256(name || 0x0A || type || public key), big-endian.</summary>
    public uint Id { get; }

    /// <summary>Signs with a time, for another party's log.</summary>
    public bool IsCosignature => Kind is NoteKind.Ed25519Cosignature or NoteKind.Sm2Cosignature;

    /// <summary>Reads a key line; the id must be the one the name and key give.</summary>
    public static bool TryParse(string text, out NoteKey? key)
    {
        ArgumentNullException.ThrowIfNull(text);
        key = null;
        var parts = text.Split('+', 3); // base64 itself may hold plus signs
        if (parts.Length != 3 || !LogOrigin.IsValid(parts[0])) return false;
        var blob = new byte[parts[2].Length];
        if (!Convert.TryFromBase64String(parts[2], blob, out var length) || !TryKind(blob.AsSpan(0, length), out var kind, out var bytes)) return false;
        if (!PublicKey.TryCreate(SchemeOf(kind), bytes, out var made)) return false;
        var candidate = new NoteKey(parts[0], kind, made!);
        if (candidate.ToString() != text) return false;
        key = candidate;
        return true;
    }

    /// <summary>Whether <paramref name="payload"/> (what stands behind the key id) is this key's signature of the note's text.</summary>
    /// <param name="text">The note's text, ending in a line break.</param>
    /// <param name="payload">Signature, for cosignatures behind the eight-byte time.</param>
    /// <param name="time">When it was cosigned; null for a log's own signature.</param>
    public bool Verify(string text, ReadOnlySpan<byte> payload, out DateTimeOffset? time)
    {
        time = null;
        if (!IsCosignature) return Public.Verify(SignedBytes(text, 0), payload);
        if (payload.Length <= TimeLength) return false;
        var seconds = BinaryPrimitives.ReadUInt64BigEndian(payload);
        if (seconds > (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds()) return false;
        if (!Public.Verify(SignedBytes(text, seconds), payload[TimeLength..])) return false;
        time = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return true;
    }

    /// <summary><c>NAME+ID+BASE64</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}+{Id:x8}+{Convert.ToBase64String(Blob)}");

    internal byte[] SignedBytes(string text, ulong seconds) => Encoding.UTF8.GetBytes(Kind switch
    {
        NoteKind.Ed25519Log => text,
        NoteKind.Ed25519Cosignature => string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{text}"),
        NoteKind.Sm2Log => $"sm2-note/v1\nname {Name}\n{text}",
        _ => string.Create(CultureInfo.InvariantCulture, $"sm2-cosignature/v1\nname {Name}\ntime {seconds}\n{text}"),
    });

    private byte[] Blob => [.. TagOf(Kind), .. Public.Bytes.Span];

    private static KeyAlgorithm SchemeOf(NoteKind kind) =>
        kind is NoteKind.Ed25519Log or NoteKind.Ed25519Cosignature ? KeyAlgorithm.Ed25519 : KeyAlgorithm.Sm2;

    private static byte[] TagOf(NoteKind kind) => kind switch
    {
        NoteKind.Ed25519Log => [0x01],
        NoteKind.Ed25519Cosignature => [0x04],
        NoteKind.Sm2Log => Sm2LogTag,
        _ => Sm2CosignatureTag,
    };

    private static bool TryKind(ReadOnlySpan<byte> blob, out NoteKind kind, out ReadOnlySpan<byte> key)
    {
        foreach (var candidate in Enum.GetValues<NoteKind>())
        {
            var tag = TagOf(candidate);
            if (!blob.StartsWith(tag)) continue;
            kind = candidate;
            key = blob[tag.Length..];
            return true;
        }

        kind = default;
        key = default;
        return false;
    }
}
