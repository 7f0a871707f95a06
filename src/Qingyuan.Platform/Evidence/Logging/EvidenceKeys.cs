using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qingyuan.Ledger.Signing;
using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Evidence.Logging;

/// <summary>The log's private keys: files in the key folder, wrapped; made on first use, never in the database.</summary>
internal sealed class EvidenceKeys(
    DataDirectory data, ILogDisk disk, ISecretProtector protector, IOptions<EvidenceOptions> options, Organisation organisation, TimeProvider clock, ILogger<EvidenceKeys> log)
{
    /// <summary>Name of the log: that of the settings, or the one it goes on under since it came from a backup.</summary>
    public string Origin => LogSuccession.NameOf(disk) ?? OriginOf(options.Value, organisation);

    /// <exception cref="System.Security.Cryptography.CryptographicException">The wrapping key is not the one the files were wrapped with.</exception>
    public LogKeys Load() => new(
        Origin,
        Key("evidence-log-ed25519", KeyAlgorithm.Ed25519),
        Key("evidence-log-sm2", KeyAlgorithm.Sm2),
        [Key("evidence-source-ed25519", KeyAlgorithm.Ed25519), Key("evidence-source-sm2", KeyAlgorithm.Sm2)]);

    public static string OriginOf(EvidenceOptions options, Organisation organisation) => options.Origin ?? $"qingyuan.local/{organisation.Code}/1";

    /// <summary>Puts the keys of an earlier log out of use, and keeps them. A successor signs with its own.</summary>
    public void SetAside()
    {
        foreach (var path in Directory.EnumerateFiles(data.Keys, "evidence-*.key").ToList())
            File.Move(path, $"{path}.{clock.GetUtcNow().ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture)}");
    }

    private PrivateKey Key(string name, KeyAlgorithm algorithm)
    {
        var path = Path.Combine(data.Keys, name + ".key");
        if (File.Exists(path)) return PrivateKey.From(algorithm, protector.Unprotect(File.ReadAllBytes(path)));
        var key = PrivateKey.Generate(algorithm);
        var temporary = path + ".tmp";
        var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, create))
        {
            file.Write(protector.Protect(key.Secret.Span));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path);
        Log.KeyMade(log, $"{name} {key.Public.Id}");
        return key;
    }
}
