using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Backup.Vault;

/// <summary>Where the key of backups is: a file that the settings name, else one of our own beside the other keys, with a copy outside the data directory, since the disk that a backup is for may be the one that dies.</summary>
internal sealed class VaultKeys(DataDirectory data, IOptions<BackupOptions> options, ILogger<VaultKeys> log)
{
    /// <summary>Environment variable that names the key file when restoring.</summary>
    public const string FileVariable = "QINGYUAN_BACKUP_KEY_FILE";

    private string Own => options.Value.KeyFile ?? Path.Combine(data.Keys, "backup.key");

    /// <summary>Where the copy of our own key lies, whether it exists or not; null when the settings name the key file: then it is not ours to copy.</summary>
    public string? CopyOf(VaultKey key)
    {
        if (options.Value.KeyFile is not null || CopyPath(options.Value.KeyCopies, key.Id) is not { } path) return null;
        // The home of a service account may be the data directory itself: no copy that would die with it.
        return Path.GetFullPath(path).StartsWith(data.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? null : path;
    }

    /// <summary>The key; makes one when there is none and no file is named.</summary>
    /// <exception cref="VaultException">The named file is missing or holds no key.</exception>
    public VaultKey Load()
    {
        if (!File.Exists(Own))
        {
            if (options.Value.KeyFile is { } named) return VaultKey.Parse(Read(named, "Backup:KeyFile "), named);
            var made = VaultKey.Generate();
            Write(Own, made);
            log.KeyMade(made.Id, Own);
        }

        var key = VaultKey.Parse(Read(Own), Own);
        Copy(key);
        return key;
    }

    /// <summary>The key there is; null when none was made yet.</summary>
    /// <exception cref="VaultException">The file cannot be read or holds no key.</exception>
    public VaultKey? Find() => File.Exists(Own) ? VaultKey.Parse(Read(Own), Own) : null;

    /// <summary>The key to read a backup with: the file said, else the one the environment names, else the copy on this machine.</summary>
    /// <exception cref="VaultException">There is none; or the file that was named is not there.</exception>
    public static VaultKey ForReading(string? said, string keyId, string? copies)
    {
        // Who names a file wants to know whether that one works: another in its place would be a false yes.
        if ((said ?? Environment.GetEnvironmentVariable(FileVariable)) is { } named) return VaultKey.Parse(Read(named), named);
        var copy = CopyPath(copies, keyId);
        return File.Exists(copy) ? VaultKey.Parse(Read(copy), copy) : throw new VaultException(VaultFault.NoKey, $"no key {keyId} found; looked for {copy}. Name it with --key FILE");
    }

    // A file in a folder that may not be entered looks as if it were not there: only opening it tells.
    private static string Read(string file, string setting = "")
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VaultException(VaultFault.NoKey, $"{setting}{file}: {(error is FileNotFoundException or DirectoryNotFoundException ? "no such file" : error.Message)}");
        }
    }

    private void Copy(VaultKey key)
    {
        if (options.Value.KeyFile is not null) return; // not ours to copy
        if (CopyOf(key) is not { } path)
        {
            log.KeyNotCopied(key.Id, BackupOptions.Section + ":" + nameof(BackupOptions.KeyCopies), "no folder outside the data directory");
            return;
        }

        if (File.Exists(path)) return;
        try
        {
            Write(path, key);
            log.KeyCopied(key.Id, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.KeyNotCopied(key.Id, path, error.Message); // the console says that there is no copy
        }
    }

    // A service account without a home has no such folder.
    private static string? CopyPath(string? copies, string id)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return (copies ?? (home.Length is 0 ? null : Path.Combine(home, "qingyuan"))) is { } folder ? Path.Combine(folder, $"backup-{id}.key") : null;
    }

    private static void Write(string path, VaultKey key)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else if (!Directory.Exists(folder)) Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var temporary = path + ".tmp";
        using (var file = new StreamWriter(temporary, create))
        {
            file.Write(key.ToString());
            file.Flush();
            ((FileStream)file.BaseStream).Flush(flushToDisk: true);
        }

        File.Move(temporary, path);
    }
}
