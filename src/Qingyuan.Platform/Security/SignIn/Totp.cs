using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Qingyuan.Platform.Security.SignIn;

/// <summary>Time-based one-time codes (RFC 6238): six digits, 30 seconds, HMAC-SHA-1, one step early or late.</summary>
internal static class Totp
{
    public const int KeyBytes = 20;
    private const int StepSeconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The time step whose code this is, null when none of the three fits or its step is not after <paramref name="lastStep"/>.</summary>
    public static long? Match(ReadOnlySpan<byte> key, string code, DateTimeOffset now, long lastStep)
    {
        var typed = Encoding.ASCII.GetBytes(code.Replace(" ", "", StringComparison.Ordinal));
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        for (var step = current - 1; step <= current + 1; step++)
            if (step > lastStep && CryptographicOperations.FixedTimeEquals(typed, Encoding.ASCII.GetBytes(Code(key, step)))) return step;
        return null;
    }

    public static string Code(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238's default; authenticator apps know no other reliably, and HMAC-SHA-1 is not broken.
        HMACSHA1.HashData(key, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xf)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        int bits = 0, held = 0;
        foreach (var value in bytes)
        {
            held = (held << 8) | value;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(Base32[(held >> (bits - 5)) & 31]);
            held &= (1 << bits) - 1;
        }

        if (bits > 0) text.Append(Base32[(held << (5 - bits)) & 31]);
        return text.ToString();
    }
}
