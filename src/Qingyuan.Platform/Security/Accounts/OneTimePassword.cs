using System.Security.Cryptography;

namespace Qingyuan.Platform.Security.Accounts;

/// <summary>A random password to be typed once: 100 bits, without letters that look alike.</summary>
internal static class OneTimePassword
{
    private const string Letters = "abcdefghjkmnpqrstvwxyz23456789";

    public static string New() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));
}
