using Qingyuan.Platform.Shared;

namespace Qingyuan.Host.Serving;

/// <summary>One process owns a data directory. The lock is the kernel's: it goes when the process goes, however it ends.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <exception cref="IOException">Another process holds it, or the directory cannot be made or written.</exception>
    public static DirectoryLock Take(DataDirectory data)
    {
        Make(data.Root);
        var path = Path.Combine(data.Root, "lock");
        try
        {
            return new DirectoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new IOException($"{data.Root} is in use by another qingyuan process; one that waits to take over does no commands, the node that serves does ({error.Message})", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"--data {data.Root}: a directory is needed that {Environment.UserName} may write ({error.Message})", error);
        }
    }

    public void Dispose() => _file.Dispose();

    private static void Make(string root)
    {
        if (File.Exists(root)) throw new IOException($"--data {root}: a directory is needed, and this is a file");
        try
        {
            Directory.CreateDirectory(root);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"--data {root}: a directory is needed, and it cannot be made ({error.Message})", error);
        }
    }
}
