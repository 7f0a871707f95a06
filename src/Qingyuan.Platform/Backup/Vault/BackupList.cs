using Qingyuan.Platform.Backup.Contracts;

namespace Qingyuan.Platform.Backup.Vault;

/// <summary>The backups that lie in a folder.</summary>
internal static class BackupList
{
    /// <summary>Newest first. Files that are no backups of ours are passed over.</summary>
    public static IReadOnlyList<BackupInfo> Of(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*" + Manifest.Ending).Select(Read).OfType<BackupInfo>().OrderByDescending(info => info.TakenAt).ThenBy(info => info.Id, StringComparer.Ordinal)]
        : [];

    public static BackupInfo InfoOf(string path, ManifestHead head) =>
        new(head.Id, path, head.Kind, head.TakenAt, head.Version, head.Engine, head.KeyId, head.Files, head.Bytes, head.Added);

    private static BackupInfo? Read(string path)
    {
        try
        {
            return InfoOf(Path.GetFullPath(path), Manifest.ReadHead(path));
        }
        catch (VaultException)
        {
            return null;
        }
    }
}
