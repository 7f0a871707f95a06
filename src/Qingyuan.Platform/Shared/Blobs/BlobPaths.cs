using System.Text.RegularExpressions;

namespace Qingyuan.Platform.Shared.Blobs;

/// <summary>Where a blob lies: <c>ab/cd/SHA-256</c>, so that no folder grows without end.</summary>
internal sealed partial class BlobPaths(string root)
{
    /// <summary>What is being written, or was when the process was killed. Backups and copies leave such files out.</summary>
    public const string Unfinished = ".tmp";

    public string Of(string sha256) => Path.Combine(root, Named(sha256)[..2], sha256[2..4], sha256);

    public string Temporary() => Path.Combine(root, Guid.CreateVersion7().ToString("N") + Unfinished);

    public IEnumerable<string> Whole() => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(path => Name().IsMatch(Path.GetFileName(path)) && Of(Path.GetFileName(path)) == path);

    public IEnumerable<string> Remains() => Directory.EnumerateFiles(root, "*" + Unfinished);

    /// <summary>Names come from rows and callers; none leads out of the folder.</summary>
    private static string Named(string sha256) => Name().IsMatch(sha256) ? sha256 : throw new ArgumentException($"'{sha256}' is no SHA-256 in lower-case hex.", nameof(sha256));

    [GeneratedRegex("^[0-9a-f]{64}\\z")]
    private static partial Regex Name();
}
