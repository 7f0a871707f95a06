using System.Security.Cryptography;
using System.Text;

namespace Qingyuan.Platform.Backup.Vault;

/// <summary>The 256-bit key of an installation's backups and what is derived from it: one key each for sealing blocks, for their names and for manifests.</summary>
internal sealed class VaultKey
{
    private const string Head = "qingyuan-backup-key 1 ";
    private const int Length = 32;
    private readonly byte[] _secret;

    private VaultKey(byte[] secret)
    {
        _secret = secret;
        Id = Convert.ToHexStringLower(Derive("id").AsSpan(0, 8));
        (Seal, Name, Manifest) = (Derive("seal"), Derive("name"), Derive("manifest"));
    }

    /// <summary>Sixteen hex digits that tell keys apart and say nothing about the key.</summary>
    public string Id { get; }

    public byte[] Seal { get; }

    public byte[] Name { get; }

    public byte[] Manifest { get; }

    public static VaultKey Generate() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>One line that can be printed and typed in again.</summary>
    public override string ToString() => $"{Head}{Id} {Convert.ToBase64String(_secret)}\n";

    /// <exception cref="VaultException">The text is no key.</exception>
    public static VaultKey Parse(string text, string where)
    {
        if (text.Trim() is var line && line.StartsWith(Head, StringComparison.Ordinal) && line[Head.Length..].Split(' ') is [var id, var secret] && FromBase64(secret) is { } bytes)
        {
            var key = new VaultKey(bytes);
            if (key.Id == id) return key;
        }

        throw new VaultException(VaultFault.NoKey, $"{where}: no backup key");
    }

    private byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, Length, info: Encoding.UTF8.GetBytes("qingyuan-backup " + purpose));

    private static byte[]? FromBase64(string text)
    {
        var bytes = new byte[Length];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == Length ? bytes : null;
    }
}
