namespace Qingyuan.Platform.Backup.Restoring;

/// <summary>Where a restoration writes until all is there. A file in it, held open, says whose it is: what somebody else called so is never touched.</summary>
internal sealed class PartialFolder : IDisposable
{
    public const string Ending = ".partial";
    private const string MarkName = "restoring.lock";
    private readonly string _target;
    private readonly FileStream _mark;

    private PartialFolder(string target, FileStream mark) => (_target, _mark) = (target, mark);

    public string Path => PathOf(_target);

    public static string PathOf(string target) => target + Ending;

    /// <summary>Null when something lies there that no cut off restoration left, or another restoration is at it.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static PartialFolder? Take(string target)
    {
        var path = PathOf(target);
        if (File.Exists(path)) return null;
        if (Directory.Exists(path))
        {
            if (!IsLeftOver(path)) return null;
            Directory.Delete(path, recursive: true);
        }

        Directory.CreateDirectory(path);
        return new(target, new FileStream(MarkOf(path), FileMode.CreateNew, FileAccess.Write, FileShare.None));
    }

    /// <summary>Gives it the name of the target, which is new or empty.</summary>
    public void Finish()
    {
        if (Directory.Exists(_target)) Directory.Delete(_target);
        _mark.Dispose();
        File.Delete(MarkOf(Path));
        Directory.Move(Path, _target);
    }

    /// <summary>Removes what was written.</summary>
    /// <param name="why">Why nothing came of it.</param>
    /// <exception cref="IOException">It could not be removed: its path stands behind <paramref name="why"/>.</exception>
    public void Discard(string why)
    {
        try
        {
            _mark.Dispose();
            if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{why}; {Path} is left behind: {error.Message}", error);
        }
    }

    public void Dispose() => _mark.Dispose();

    private static bool IsLeftOver(string path)
    {
        if (!File.Exists(MarkOf(path))) return false;
        try
        {
            using var held = new FileStream(MarkOf(path), FileMode.Open, FileAccess.Write, FileShare.None);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string MarkOf(string path) => System.IO.Path.Combine(path, MarkName);
}
