using System.Buffers.Binary;

namespace Qingyuan.Ledger.Merkle;

/// <summary>A 32-byte hash. Both suites give 32 bytes; which one made it is known from where it stands.</summary>
/// <remarks>Equality is by content; <c>default</c> is 32 zero bytes.</remarks>
public readonly struct Digest : IEquatable<Digest>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Copies <paramref name="bytes"/>.</summary>
    /// <exception cref="ArgumentException">Not exactly 32 bytes.</exception>
    public Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size) throw new ArgumentException("A digest has 32 bytes.", nameof(bytes));
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>Writes the 32 bytes to the front of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Standard base64 with padding.</summary>
    public string ToBase64() => Convert.ToBase64String(ToArray());

    /// <summary>Lower-case hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());

    /// <summary>Reads 64 hexadecimal digits.</summary>
    /// <exception cref="FormatException">Anything else.</exception>
    public static Digest FromHex(string hex) => TryFrom(Convert.FromHexString(hex), out var digest) ? digest : throw new FormatException("A digest has 64 hexadecimal digits.");

    /// <summary>Reads base64 of exactly 32 bytes, as it is written: padded, nothing around it.</summary>
    public static bool TryFromBase64(string text, out Digest digest)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> bytes = stackalloc byte[Size];
        digest = default;
        if (text.Length != 44 || !Convert.TryFromBase64String(text, bytes, out var written) || written != Size) return false;
        digest = new(bytes);
        return digest.ToBase64() == text; // stray bits behind the last character would give two spellings of one hash
    }

    /// <inheritdoc/>
    public bool Equals(Digest other) => (_a, _b, _c, _d) == (other._a, other._b, other._c, other._d);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Digest other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_a, _b, _c, _d);

    /// <summary>Same bytes.</summary>
    public static bool operator ==(Digest left, Digest right) => left.Equals(right);

    /// <summary>Other bytes.</summary>
    public static bool operator !=(Digest left, Digest right) => !left.Equals(right);

    private static bool TryFrom(byte[] bytes, out Digest digest)
    {
        digest = bytes.Length == Size ? new(bytes) : default;
        return bytes.Length == Size;
    }
}
