using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Security.Secrets;

/// <summary>The 256-bit key under which all secrets at rest are sealed: a systemd credential, a file named by the environment, else one of our own beside the data.</summary>
internal sealed class WrappingKey(DataDirectory data, ILogger<WrappingKey> log)
{
    private const int Length = 32;
    public const string Credential = "qingyuan-key"; // named so in deploy/qingyuan.service
    private readonly Lazy<byte[]> _key = new(() => Load(data, log));

    public ReadOnlySpan<byte> Bytes => _key.Value;

    private static byte[] Load(DataDirectory data, ILogger log)
    {
        if (Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { } folder && File.Exists(Path.Combine(folder, Credential))) return Read(Path.Combine(folder, Credential));
        if (Environment.GetEnvironmentVariable("QINGYUAN_KEY_FILE") is { Length: > 0 } file) return Read(file);
        var own = Path.Combine(data.Keys, "wrapping.key");
        if (File.Exists(own)) return Read(own);
        Log.KeyGenerated(log, own);
        var key = RandomNumberGenerator.GetBytes(Length);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(own, options);
        stream.Write(key);
        stream.Flush(flushToDisk: true);
        return key;
    }

    private static byte[] Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (bytes.Length == Length) return bytes;
        var decoded = new byte[Length];
        return Convert.TryFromBase64String(Encoding.ASCII.GetString(bytes).Trim(), decoded, out var written) && written == Length
            ? decoded
            : throw new IOException($"{file}: a wrapping key is 32 bytes, raw or in Base64.");
    }
}
