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
}
