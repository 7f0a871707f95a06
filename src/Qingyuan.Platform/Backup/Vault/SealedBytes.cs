using System.Security.Cryptography;

namespace Qingyuan.Platform.Backup.Vault;

/// <summary>AES-256-GCM around compressed bytes: nonce, tag, ciphertext.</summary>
internal static class SealedBytes
{
    public const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Head = NonceLength + TagLength;
    private const int Level = 1; // measured on frame files: higher levels cost five times the time for a few percent, since frames are packed already

    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        using var compressor = new ZstdSharp.Compressor(Level);
        var packed = compressor.Wrap(plain);
        var bytes = new byte[Head + packed.Length];
        nonce.CopyTo(bytes);
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, packed, bytes.AsSpan(Head), bytes.AsSpan(NonceLength, TagLength), associated);
        return bytes;
    }

    /// <summary>Null when the bytes are not those that were sealed, or under another key.</summary>
    public static byte[]? Open(byte[] key, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> associated)
    {
        if (bytes.Length < Head) return null;
        var packed = new byte[bytes.Length - Head];
        using var cipher = new AesGcm(key, TagLength);
        try
        {
            cipher.Decrypt(bytes[..NonceLength], bytes[Head..], bytes.Slice(NonceLength, TagLength), packed, associated);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        using var decompressor = new ZstdSharp.Decompressor();
        return decompressor.Unwrap(packed).ToArray();
    }
}
