using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Qingyuan.Platform.Alarms.Notifications.Channels;

/// <summary>钉钉 robot signature (加签): HMAC-SHA256 over "timestamp LF secret" under the secret, base64, in the query with the millisecond timestamp.</summary>
internal static class DingTalkSign
{
    public static string Query(string secret, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}\n{secret}"));
        return $"&timestamp={timestamp}&sign={Uri.EscapeDataString(Convert.ToBase64String(mac))}";
    }
}
