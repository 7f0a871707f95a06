using Qingyuan.Platform.Backup.Taking;
using Qingyuan.Platform.Backup.Vault;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Backup.Restoring;

/// <summary>Writes the files of a backup, each held against its SHA-256 as it was when it was taken.</summary>
internal static class FileRestorer
{
    /// <exception cref="VaultException">A block is gone or damaged, or a file came out otherwise.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Write(string vaultFolder, VaultKey key, Manifest manifest, string directory, Pace pace, CancellationToken ct)
    {
        var vault = new BlockVault(vaultFolder, key);
        Directory.CreateDirectory(directory);
        foreach (var file in manifest.Files.Where(file => file.Server is null))
        {
            ct.ThrowIfCancellationRequested();
            Write(vault, file, PathIn(directory, file.Path), pace, ct);
        }
    }

    /// <summary>Compares the rows of each restored table with those counted when it was copied.</summary>
    public static IEnumerable<string> CompareRows(Manifest manifest, string directory)
    {
        foreach (var file in manifest.Files.Where(file => file.Rows is not null))
        {
            var restored = SqliteCopy.Rows(PathIn(directory, file.Path));
            foreach (var (table, rows) in file.Rows!)
                if (restored.GetValueOrDefault(table, -1) is var found && found != rows) yield return $"rows {file.Path}/{table}: {found}, backed up {rows}";
        }
    }

    private static void Write(BlockVault vault, BackedUpFile file, string path, Pace pace, CancellationToken ct)
    {
        MakeFolder(Path.GetDirectoryName(path)!, file.Path);
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && IsKey(file.Path)) create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var target = new FileStream(path, create);
        using var source = new VaultStream(vault, file);
        var buffer = new byte[Math.Min(BlockVault.BlockBytes, Math.Max(1, file.Length))];
        for (var read = source.Read(buffer, 0, buffer.Length); read > 0; read = source.Read(buffer, 0, buffer.Length))
        {
            target.Write(buffer, 0, read);
            pace.After(read, ct);
        }

        target.Flush(flushToDisk: true);
    }

    private static void MakeFolder(string folder, string path)
    {
        if (OperatingSystem.IsWindows() || !IsKey(path)) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static bool IsKey(string path) => path.StartsWith("keys/", StringComparison.Ordinal);

    // The list is sealed by whoever has the key; a path that leaves the directory is refused all the same.
    private static string PathIn(string directory, string path)
    {
        var full = Path.GetFullPath(Path.Combine(directory, path.Replace('/', Path.DirectorySeparatorChar)));
        return full.StartsWith(Path.GetFullPath(directory) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? full : throw new VaultException(VaultFault.Damaged, $"{path} leaves the directory");
    }
}
