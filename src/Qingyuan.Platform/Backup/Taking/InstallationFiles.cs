using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Backup.Taking;

/// <summary>Which files of a data directory a backup holds, in the order in which they must be read while the platform goes on writing.</summary>
/// <remarks>
/// What points at something is read before what it points at: the log before the records that know their place in it, marks before chunks, chunks before frames. So a restored
/// installation may know too little, which it makes up for, and never too much.
/// </remarks>
internal static class InstallationFiles
{
    /// <summary>Plain files of the evidence log. Never its signing state: a log from a backup must not sign on.</summary>
    public static IEnumerable<string> Ledger(DataDirectory data)
    {
        var root = data.Ledger;
        foreach (var name in (string[])["std/checkpoint", "sm/checkpoint", "keys.txt"])
            if (File.Exists(Path.Combine(root, name))) yield return Path.Combine(root, name);
        foreach (var folder in (string[])["predecessors", "segments"])
            foreach (var file in Below(Path.Combine(root, folder))) yield return file;
    }

    /// <summary>Database files.</summary>
    public static IEnumerable<string> Databases(DataDirectory data) => new[] { data.Database }.Where(File.Exists) // none beside a server
        .Concat(Directory.EnumerateFiles(data.Telemetry, "*.db").OrderBy(RankOf).ThenBy(file => file, StringComparer.Ordinal));

    /// <summary>Plain files that only grow or are replaced whole. The evidence log's private keys stay behind, and the key of backups does not lock itself in.</summary>
    public static IEnumerable<string> Others(DataDirectory data)
    {
        var keys = Below(data.Keys).Where(file => Path.GetFileName(file) is var name && !name.StartsWith("evidence-", StringComparison.Ordinal) && name is not "backup.key");
        return keys.Concat(Below(data.Blobs)).Concat(Below(data.Logs)).Concat(Below(data.Adapters)).Concat(new[] { data.Settings }.Where(File.Exists)).Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    /// <summary>Cold files. Immutable, so each is copied once.</summary>
    public static IEnumerable<string> Cold(string folder) => Below(folder).Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal));

    private static int RankOf(string file) => Path.GetFileName(file) switch
    {
        "state.db" => 0,
        var name when name.StartsWith("frames-", StringComparison.Ordinal) => 2,
        _ => 1,
    };

    public static IEnumerable<string> Below(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];
}
