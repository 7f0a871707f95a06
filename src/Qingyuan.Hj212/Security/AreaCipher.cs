using Qingyuan.Hj212.Framing;

namespace Qingyuan.Hj212.Security;

/// <summary>SM4 on the characters of a CP area as HJ 212-2025 6.4 has it: whole blocks under ECB, the rest plain, same length.</summary>
/// <remarks>The CRC is over the plain text: encrypt after it is computed, check it after decryption.</remarks>
public static class AreaCipher
{
    /// <summary>Encrypts the whole blocks of the area in place.</summary>
    public static void Encrypt(Sm4 cipher, Span<byte> area)
    {
        for (; area.Length >= Sm4.BlockSize; area = area[Sm4.BlockSize..])
        {
            cipher.EncryptBlock(area, area);
        }
    }

    /// <summary>Decrypts the whole blocks of the area in place.</summary>
    public static void Decrypt(Sm4 cipher, Span<byte> area)
    {
        for (; area.Length >= Sm4.BlockSize; area = area[Sm4.BlockSize..])
        {
            cipher.DecryptBlock(area, area);
        }
    }

    /// <summary>Encrypts the area of a whole frame in place, after its check value was computed.</summary>
    /// <exception cref="ArgumentException">The bytes are no frame with a data area.</exception>
    public static void EncryptFrame(Sm4 cipher, Span<byte> frame) => Encrypt(cipher, Area(frame));

    private static Span<byte> Area(Span<byte> frame)
    {
        var open = frame.IndexOf("CP=&&"u8);
        var close = frame.Length - Wire.TrailerLength - 2;
        if (open < 0 || close < open + 5) throw new ArgumentException("No data area.", nameof(frame));
        return frame[(open + 5)..close];
    }
}
