using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Qingyuan.Ledger.Signing;

/// <summary>A public key that verifies. Threads may share it.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    private readonly byte[] _bytes;

    private PublicKey(KeyAlgorithm algorithm, byte[] bytes) => (Algorithm, _bytes) = (algorithm, bytes);

    /// <summary>The scheme.</summary>
    public KeyAlgorithm Algorithm { get; }

    /// <summary>32 bytes (Ed25519) or the 65-byte uncompressed point (SM2).</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Stable short name: scheme, colon, first 8 bytes of SHA-256 of the key in hexadecimal.</summary>
    public string Id => $"{Scheme}:{Convert.ToHexStringLower(SHA256.HashData(_bytes).AsSpan(0, 8))}";

    /// <summary>Name of the scheme in signature lines: <c>ed25519</c> or <c>sm2-sm3</c>.</summary>
    public string Scheme => Algorithm is KeyAlgorithm.Ed25519 ? "ed25519" : "sm2-sm3";

    /// <summary>False when the length does not fit the scheme.</summary>
    public static bool TryCreate(KeyAlgorithm algorithm, ReadOnlySpan<byte> bytes, out PublicKey? key)
    {
        var fits = algorithm is KeyAlgorithm.Ed25519 ? bytes.Length == Ed25519.PublicKeySize : bytes.Length == Sm2Scheme.PointLength && bytes[0] == 4;
        key = fits ? new(algorithm, bytes.ToArray()) : null;
        return fits;
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out PublicKey? key)
    {
        ArgumentNullException.ThrowIfNull(text);
        key = null;
        var parts = text.Split(' ');
        if (parts is not [_, "ed25519" or "sm2-sm3", _]) return false;
        var bytes = new byte[parts[2].Length];
        return Convert.TryFromBase64String(parts[2], bytes, out var length)
            && TryCreate(parts[1] == "ed25519" ? KeyAlgorithm.Ed25519 : KeyAlgorithm.Sm2, bytes.AsSpan(0, length), out key)
            && key!.Id == parts[0];
    }

    /// <summary>Whether <paramref name="signature"/> (64 bytes) is this key's over <paramref name="message"/>.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (Algorithm is KeyAlgorithm.Sm2) return Sm2Scheme.Verify(_bytes, message, signature);
        var input = message.ToArray();
        return signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature.ToArray(), 0, _bytes, 0, input, 0, input.Length);
    }

    /// <summary><c>ID SCHEME BASE64</c>, one line of a key list.</summary>
    public override string ToString() => $"{Id} {Scheme} {Convert.ToBase64String(_bytes)}";

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && other.Algorithm == Algorithm && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Algorithm, _bytes[1], _bytes[2], _bytes[3], _bytes[4]);
}
