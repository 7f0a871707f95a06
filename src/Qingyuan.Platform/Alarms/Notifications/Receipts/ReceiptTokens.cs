using System.Buffers.Text;
using System.Security.Cryptography;
using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Platform.Alarms.Notifications.Receipts;

/// <summary>Links that say "I have it" without signing in. The token is the message's id, sealed: nothing is stored, nothing can be guessed, and it does no more than confirm.</summary>
internal sealed class ReceiptTokens(ISecretProtector protector)
{
    private static ReadOnlySpan<byte> Purpose => "receipt:"u8;

    public string For(Guid message) => Base64Url.EncodeToString(protector.Protect([.. Purpose, .. message.ToByteArray()]));

    /// <summary>The message's id, null when the token is none of ours.</summary>
    public Guid? Read(string token)
    {
        try
        {
            var plain = protector.Unprotect(Base64Url.DecodeFromChars(token)).AsSpan();
            return plain.StartsWith(Purpose) && plain.Length == Purpose.Length + 16 ? new Guid(plain[Purpose.Length..]) : null;
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
