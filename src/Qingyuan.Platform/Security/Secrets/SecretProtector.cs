using System.Security.Cryptography;
using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Platform.Security.Secrets;

/// <summary>AES-256-GCM: version, nonce, tag, ciphertext. A fresh random nonce each time; secrets are few, so 96 bits do.</summary>
internal sealed class SecretProtector(WrappingKey key) : ISecretProtector
{
    private const byte Version = 1;
    private const int Nonce = 12;
    private const int Tag = 16;
    private const int Head = 1 + Nonce + Tag;

    public byte[] Protect(ReadOnlySpan<byte> secret)
    {
        var bytes = new byte[Head + secret.Length];
        bytes[0] = Version;
        RandomNumberGenerator.Fill(bytes.AsSpan(1, Nonce));
        using var cipher = new AesGcm(key.Bytes, Tag);
        cipher.Encrypt(bytes.AsSpan(1, Nonce), secret, bytes.AsSpan(Head), bytes.AsSpan(1 + Nonce, Tag));
        return bytes;
    }

    public byte[] Unprotect(ReadOnlySpan<byte> sealedSecret)
    {
        if (sealedSecret.Length < Head || sealedSecret[0] != Version) throw new CryptographicException("Not a sealed secret of this platform.");
        var secret = new byte[sealedSecret.Length - Head];
        using var cipher = new AesGcm(key.Bytes, Tag);
        cipher.Decrypt(sealedSecret.Slice(1, Nonce), sealedSecret[Head..], sealedSecret.Slice(1 + Nonce, Tag), secret);
        return secret;
    }
}
