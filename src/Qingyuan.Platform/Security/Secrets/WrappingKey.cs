using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Security.Secrets;

/// <summary>The 256-bit key under which all secrets at rest are sealed: a systemd credential, a file named by the environment, else one of our own beside the data.</summary>
internal sealed class WrappingKey(DataDirectory data, ILogger<WrappingKey> log)
{
    private const int Length = 32;
    private const string Variable = "QINGYUAN_KEY_FILE";
    public const string Credential = "qingyuan-key"; // named so in deploy/qingyuan.service
    private readonly Lazy<byte[]> _key = new(() => Load(data, log));

    public ReadOnlySpan<byte> Bytes => _key.Value;

    /// <summary>False when the first use of it would make one.</summary>
    public bool IsThere => Named() is not null || File.Exists(Own(data));

    private static string Own(DataDirectory data) => Path.Combine(data.Keys, "wrapping.key");

    private static string? Named() =>
        Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { } folder && File.Exists(Path.Combine(folder, Credential)) ? Path.Combine(folder, Credential)
        : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file ? file
        : null;

    private static byte[] Load(DataDirectory data, ILogger log)
    {
        if (Named() is { } named) return ReadNamed(named);
        var own = Own(data);
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

    // Whoever reads of a file that is not there does not know that a variable named it.
    private static byte[] ReadNamed(string file)
    {
        try
        {
            return Read(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{Variable}: {error.Message}", error);
        }
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
