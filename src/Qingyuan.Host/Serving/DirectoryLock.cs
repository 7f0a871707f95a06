using Qingyuan.Platform.Shared;

namespace Qingyuan.Host.Serving;

/// <summary>One process owns a data directory. The lock is the kernel's: it goes when the process goes, however it ends.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <exception cref="IOException">Another process holds it, or the directory cannot be written.</exception>
    public static DirectoryLock Take(DataDirectory data)
    {
        Directory.CreateDirectory(data.Root);
        var path = Path.Combine(data.Root, "lock");
        try
        {
            return new DirectoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new IOException($"{data.Root} is in use by another qingyuan process ({error.Message})", error);
        }
    }

    public void Dispose() => _file.Dispose();
}
