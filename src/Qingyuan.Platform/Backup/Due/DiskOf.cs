namespace Qingyuan.Platform.Backup.Due;

/// <summary>Tells whether two folders die together.</summary>
internal static class DiskOf
{
    /// <summary>True when both lie under one mount point.</summary>
    public static bool Same(string one, string other)
    {
        var mounts = DriveInfo.GetDrives().Select(drive => drive.RootDirectory.FullName).OrderByDescending(root => root.Length).ToList();
        return Mount(mounts, one) == Mount(mounts, other);
    }

    private static string? Mount(List<string> mounts, string path)
    {
        var full = Path.GetFullPath(path);
        return mounts.Find(root => full == root || full.StartsWith(root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }
}
