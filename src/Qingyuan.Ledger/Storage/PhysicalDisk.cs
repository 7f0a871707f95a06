using System.Runtime.InteropServices;
using System.Text;

namespace Qingyuan.Ledger.Storage;

/// <summary>A folder of a real file system; files and, where the system lets us, folders are synced before a call returns.</summary>
public sealed class PhysicalDisk(string root) : ILogDisk
{
    private readonly string _root = Path.GetFullPath(root);

    /// <inheritdoc/>
    public byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(Full(path));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public byte[] Read(string path, long offset, int length)
    {
        using var file = new FileStream(Full(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        file.Position = offset;
        var bytes = new byte[length];
        var read = file.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
        return read == length ? bytes : bytes[..read];
    }

    /// <inheritdoc/>
    public long Length(string path) => new FileInfo(Full(path)) is { Exists: true } file ? file.Length : 0;

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder) => Directory.Exists(Full(folder))
        ? [.. Directory.GetFiles(Full(folder)).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)]
        : [];

    /// <inheritdoc/>
    public void Append(string path, ReadOnlySpan<byte> bytes)
    {
        var full = Made(path);
        var isNew = !File.Exists(full);
        using (var file = new FileStream(full, FileMode.Append, FileAccess.Write, FileShare.Read, 1))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        if (isNew) SyncFolder(full);
    }

    /// <inheritdoc/>
    public void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var full = Made(path);
        var temporary = full + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, full, overwrite: true);
        SyncFolder(full);
    }

    /// <inheritdoc/>
    public void Truncate(string path, long length)
    {
        using var file = new FileStream(Full(path), FileMode.Open, FileAccess.Write, FileShare.Read, 1);
        file.SetLength(length);
        file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        if (File.Exists(Full(path))) File.Delete(Full(path));
    }

    /// <inheritdoc/>
    public IDisposable Lock(string path)
    {
        var full = Made(path);
        try
        {
            // The base library turns FileShare.None into an advisory lock on Unix; it ends with the process.
            return new FileStream(full, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new LogException(LogTrouble.InUse, path);
        }
    }

    private string Full(string path) => Path.Combine(_root, path.Replace('/', Path.DirectorySeparatorChar));

    private string Made(string path)
    {
        var full = Full(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    /// <summary>Makes a new or renamed file's name durable. Windows journals names itself and cannot open folders.</summary>
    /// <exception cref="IOException">The folder cannot be opened or synced.</exception>
    public static void SyncFolder(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (OperatingSystem.IsWindows()) return;
        var handle = open([.. Encoding.UTF8.GetBytes(Path.GetDirectoryName(file)!), 0], 0);
        if (handle < 0) throw new IOException($"Cannot open the folder of {file}.");
        var synced = fsync(handle);
        _ = close(handle);
        if (synced != 0) throw new IOException($"Cannot sync the folder of {file}.");
    }

#pragma warning disable IDE1006, SYSLIB1054 // named as in the C library; source-generated marshalling would need unsafe code for three calls
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int handle);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int handle);
#pragma warning restore IDE1006, SYSLIB1054
}
