namespace Qingyuan.Platform.Security.Contracts;

/// <summary>Encrypts secrets at rest (station passwords, SM4 keys, channel secrets) with the installation's wrapping key.</summary>
public interface ISecretProtector
{
    byte[] Protect(ReadOnlySpan<byte> secret);

    /// <exception cref="System.Security.Cryptography.CryptographicException">Wrong key or altered bytes.</exception>
    byte[] Unprotect(ReadOnlySpan<byte> sealedSecret);
}
