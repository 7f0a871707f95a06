using Qingyuan.Platform.Backup.Taking;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Backup.Copies;

/// <summary>Which files nodes that wait have as well, under names that mean the same on every node.</summary>
internal sealed class CopyFolders(DataDirectory data, string coldFolder)
{
    public const string Ledger = "ledger/";
    public const string Segments = "ledger/segments/";
    private const string Cold = "cold/";

    /// <summary>In the order in which they must be read while the platform goes on writing: the log's checkpoints before its entries.</summary>
    public IEnumerable<(string Name, string Path)> All() =>
    [
        .. Named(Ledger, data.Ledger, InstallationFiles.Ledger(data)),
        .. Named("blobs/", data.Blobs, InstallationFiles.Below(data.Blobs)),
        .. Named("adapters/", data.Adapters, InstallationFiles.Below(data.Adapters)),
        .. Named(Cold, coldFolder, InstallationFiles.Cold(coldFolder)),
    ];

    /// <exception cref="IOException">No such folder, or a name that leads out of it.</exception>
    public string PathOf(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal) + 1;
        var root = name[..slash] switch
        {
            Ledger => data.Ledger,
            "blobs/" => data.Blobs,
            "adapters/" => data.Adapters,
            Cold => coldFolder,
            _ => throw new IOException($"copies: {name}: no such folder"),
        };
        var path = Path.GetFullPath(Path.Combine(root, name[slash..]));
        return path.StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : throw new IOException($"copies: {name} leads out of its folder");
    }

    /// <summary>Cold files here of the months named, by the names that <see cref="All"/> gives them.</summary>
    public IEnumerable<(string Name, string Path)> ColdOf(IReadOnlyCollection<string> months) =>
        Named(Cold, coldFolder, InstallationFiles.Below(coldFolder)).Where(file => months.Any(month => Path.GetFileName(file.Path).Contains($"-{month}", StringComparison.Ordinal)));

    private static IEnumerable<(string Name, string Path)> Named(string prefix, string root, IEnumerable<string> files) =>
        files.Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal) && !file.EndsWith(CopyTarget.Unfinished, StringComparison.Ordinal))
            .Select(file => (prefix + Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'), file));
}
