using System.Security.Cryptography;
using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Platform.Tests.Peers;

/// <summary>AES-GCM under one fixed test key.</summary>
internal sealed class TestProtector : ISecretProtector
{
    private static readonly byte[] Key = SHA256.HashData("test"u8);

    public byte[] Protect(ReadOnlySpan<byte> secret)
    {
        var output = new byte[28 + secret.Length];
        RandomNumberGenerator.Fill(output.AsSpan(0, 12));
        using var aes = new AesGcm(Key, 16);
        aes.Encrypt(output.AsSpan(0, 12), secret, output.AsSpan(28), output.AsSpan(12, 16));
        return output;
    }

    public byte[] Unprotect(ReadOnlySpan<byte> sealedSecret)
    {
        if (sealedSecret.Length < 28) throw new CryptographicException("Too short.");
        var output = new byte[sealedSecret.Length - 28];
        using var aes = new AesGcm(Key, 16);
        aes.Decrypt(sealedSecret[..12], sealedSecret[28..], sealedSecret[12..28], output);
        return output;
    }
}
