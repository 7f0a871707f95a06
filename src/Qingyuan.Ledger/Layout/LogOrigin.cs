using System.Security.Cryptography;
using System.Text;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Layout;

/// <summary>Names of a log: the origin of its <c>std</c> suite and, with <c>/sm</c> behind it, of its <c>sm</c> suite.</summary>
public static class LogOrigin
{
    /// <summary>The origin line of <paramref name="suite"/> for the log named <paramref name="origin"/>.</summary>
    public static string Of(string origin, HashSuite suite) => ReferenceEquals(suite, HashSuite.Sm3) ? origin + "/sm" : origin;

    /// <summary>The path element under which a log is published: hexadecimal SHA-256 of its origin line.</summary>
    public static string PathHash(string originLine) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(originLine)));

    /// <summary>Non-empty, no white space, no plus sign, no control characters: what a signed note allows as a name.</summary>
    public static bool IsValid(string origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return origin.Length is > 0 and <= 200 && !origin.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');
    }
}
