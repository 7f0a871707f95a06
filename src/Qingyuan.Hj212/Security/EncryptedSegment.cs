using System.Globalization;
using Qingyuan.Hj212.Framing;

namespace Qingyuan.Hj212.Security;

/// <summary>A data segment whose area is encrypted (HJ 212-2025 6.4): opened when a key fits, which the check value over the plain text tells.</summary>
/// <remarks>The official examples carry raw bytes; some senders write the blocks as hexadecimal text instead, which makes the area longer than the length says. Both are opened. The check value has only 256 values: beside it the plain area must begin like one.</remarks>
public static class EncryptedSegment
{
    private const int HexBlock = 2 * Sm4.BlockSize;

    /// <summary>Commands of the field whose areas are encrypted: 2000 to 2999, 1014 and 3020 (the last two SINGLE).</summary>
    public static bool Concerns(int command) => command is >= 2000 and <= 2999 or 1014 or 3020;

    /// <summary>False for a segment whose area begins in clear. An encrypted one can fit its check value by chance: this is what to ask then.</summary>
    public static bool MayBe(ReadOnlySpan<byte> segment)
    {
        var open = segment.IndexOf("CP=&&"u8) + 5;
        return open >= 5 && segment.Length >= open + Sm4.BlockSize && !BeginsLikeAnArea(segment[open..]);
    }

    /// <summary>The plain segment; null when the key does not fit, or nothing is encrypted.</summary>
    /// <param name="segment">From the first field to the closing <c>&amp;&amp;</c>, as received.</param>
    /// <param name="crc">The check value as received.</param>
    /// <param name="cipher">With the key to try.</param>
    public static byte[]? TryOpen(ReadOnlySpan<byte> segment, ushort crc, Sm4 cipher)
    {
        ArgumentNullException.ThrowIfNull(cipher);
        var open = segment.IndexOf("CP=&&"u8) + 5;
        if (open < 5 || !segment.EndsWith("&&"u8) || segment.Length < open + 2) return null;
        var area = segment[open..^2];
        return Opened(segment[..open], area.ToArray(), crc, cipher) ?? (Decoded(area) is { } raw ? Opened(segment[..open], raw, crc, cipher) : null);
    }

    /// <summary>How long the area would be were its blocks raw bytes; the length itself when it is no hexadecimal text.</summary>
    internal static int RawLength(ReadOnlySpan<byte> area)
    {
        var (blocks, rest) = Math.DivRem(area.Length, HexBlock);
        return blocks is 0 || rest >= Sm4.BlockSize || area[..(blocks * HexBlock)].ContainsAnyExcept(HexDigits) ? area.Length : (blocks * Sm4.BlockSize) + rest;
    }

    private static System.Buffers.SearchValues<byte> HexDigits { get; } = System.Buffers.SearchValues.Create("0123456789ABCDEFabcdef"u8);

    private static byte[]? Opened(ReadOnlySpan<byte> head, byte[] area, ushort crc, Sm4 cipher)
    {
        if (area.Length < Sm4.BlockSize) return null;
        AreaCipher.Decrypt(cipher, area);
        byte[] plain = [.. head, .. area, (byte)'&', (byte)'&'];
        return Crc16.Compute(plain) == crc && BeginsLikeAnArea(area) ? plain : null;
    }

    // A name and '=': of five signs (PolId) to sixteen. Cipher text looks so once in a hundred thousand times.
    private static bool BeginsLikeAnArea(ReadOnlySpan<byte> area)
    {
        var sign = area.IndexOf((byte)'=');
        if (sign is < 4 or > 20) return false;
        foreach (var octet in area[..sign])
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet is not ((byte)'-' or (byte)' ')) return false;
        return true;
    }

    private static byte[]? Decoded(ReadOnlySpan<byte> area)
    {
        var length = RawLength(area);
        if (length == area.Length) return null;
        var raw = new byte[length];
        var blocks = length / Sm4.BlockSize * HexBlock;
        for (var at = 0; at < blocks; at += 2) raw[at / 2] = byte.Parse(area.Slice(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        area[blocks..].CopyTo(raw.AsSpan(blocks / 2));
        return raw;
    }
}
