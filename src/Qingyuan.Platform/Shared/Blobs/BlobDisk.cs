namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>The folder's file system, as far as tests must make it fail.</summary>
internal class BlobDisk(string root)
{
    public virtual FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);

    public virtual void Write(FileStream file, ReadOnlySpan<byte> bytes) => file.Write(bytes);

    public virtual (long Free, long Total) Space()
    {
        var drive = new DriveInfo(root);
        return (drive.AvailableFreeSpace, drive.TotalSize);
    }
}
