using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Backup.Contracts;

namespace Qingyuan.Platform.Backup.Vault;

/// <summary>One file of an installation.</summary>
/// <param name="Path">Below the data directory, with <c>/</c>.</param>
/// <param name="Sha256">Of its content, hex.</param>
/// <param name="Rows">For an embedded database: rows of each table when it was copied.</param>
/// <param name="Server">For a server's base backup: how the platform signs in.</param>
/// <param name="Mark">By which the next backup sees that nothing was written since; null when it must read it.</param>
/// <param name="ReadAt">Which backup read it through last, by its time; an earlier one than that of the list when its blocks were used again unread.</param>
internal sealed record BackedUpFile(
    string Path, long Length, string Sha256, IReadOnlyList<Block> Blocks, IReadOnlyDictionary<string, long>? Rows = null, ServerLogin? Server = null, FileMark? Mark = null, DateTimeOffset? ReadAt = null);

/// <summary>Lengths and times (ticks, UTC) of a file and of the journal beside it, which is 0 and 0 when there is none.</summary>
internal sealed record FileMark(long Length, long Written, long JournalLength, long JournalWritten);

/// <summary>Which database of a server is the platform's.</summary>
internal sealed record ServerLogin(string User, string Database);

/// <summary>What everybody may read of a backup without its key.</summary>
internal sealed record ManifestHead(string Format, string Id, BackupKind Kind, DateTimeOffset TakenAt, string Version, string Engine, string KeyId, int Files, long Bytes, long Added)
{
    public const string Current = "qingyuan-backup 1";
}

/// <summary>The list of an installation's files at one time: <c>NAME.qybackup</c>, a line that everybody can read, then the sealed list. Written last: without it there is no backup.</summary>
internal sealed record Manifest(ManifestHead Head, IReadOnlyList<BackedUpFile> Files)
{
    public const string Ending = ".qybackup";
    private const int LineBytes = 16 << 10; // many times the longest
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    public static string NameOf(ManifestHead head) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"qingyuan-{head.TakenAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{head.Id}{Ending}");

    /// <summary>Durable on return; gives the path.</summary>
    public string Write(string folder, VaultKey key)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(Head, Json);
        var list = SealedBytes.Seal(key.Manifest, RandomNumberGenerator.GetBytes(SealedBytes.NonceLength), JsonSerializer.SerializeToUtf8Bytes(Files, Json), line);
        var name = NameOf(Head);
        new PhysicalDisk(folder).Replace(name, [.. line, (byte)'\n', .. list]);
        return System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), name);
    }

    /// <exception cref="VaultException">No backup, another key, or damaged.</exception>
    public static Manifest Read(string path, VaultKey key)
    {
        var bytes = ReadAll(path);
        var head = HeadOf(bytes, path);
        if (head.KeyId != key.Id) throw new VaultException(VaultFault.NoKey, $"{path} was sealed with key {head.KeyId}, this is {key.Id}");
        var end = Array.IndexOf(bytes, (byte)'\n');
        var list = SealedBytes.Open(key.Manifest, bytes.AsSpan(end + 1), bytes.AsSpan(0, end)) ?? throw new VaultException(VaultFault.Damaged, $"{path} is damaged");
        return new(head, JsonSerializer.Deserialize<List<BackedUpFile>>(list, Json)!);
    }

    /// <exception cref="VaultException">No backup.</exception>
    public static ManifestHead ReadHead(string path)
    {
        // The list behind it names every block: years of backups are not read to be named.
        using var file = File.Exists(path) ? File.OpenRead(path) : throw NoBackup(path);
        var buffer = new byte[LineBytes];
        return HeadOf(buffer[..file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)], path);
    }

    private static byte[] ReadAll(string path) => File.Exists(path) ? File.ReadAllBytes(path) : throw NoBackup(path);

    private static VaultException NoBackup(string path) => new(VaultFault.NoBackup, $"{path}: no such backup");

    private static ManifestHead HeadOf(byte[] bytes, string path)
    {
        var end = Array.IndexOf(bytes, (byte)'\n');
        try
        {
            if (end > 0 && JsonSerializer.Deserialize<ManifestHead>(Encoding.UTF8.GetString(bytes.AsSpan(0, end)), Json) is { Format: ManifestHead.Current } head) return head;
        }
        catch (JsonException)
        {
            // said below
        }

        throw new VaultException(VaultFault.NoBackup, $"{path}: not a backup this release can read");
    }
}
