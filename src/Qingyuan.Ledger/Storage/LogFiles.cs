using System.Globalization;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Storage;

/// <summary>Where things stand inside a log's folder. <c>std/</c> and <c>sm/</c> can be served as they are by any C2SP client's file server.</summary>
internal static class LogFiles
{
    public const string Lock = "lock";
    public const string State = "state.json";
    public const string Heads = "heads.json";
    public const string Keys = "keys.txt";
    public const string Segments = "segments";
    private const string SegmentEnd = ".seg";

    public static string Checkpoint(HashSuite suite) => suite.Name + "/checkpoint";

    /// <summary>Entry bundles are the same for both suites and stand once, under <c>std</c>.</summary>
    public static string Tile(HashSuite suite, Layout.TileAddress tile) =>
        $"{(tile.Level == Layout.TileAddress.Entries ? HashSuite.Sha256.Name : suite.Name)}/{tile.Path}";

    public static string Segment(long first) => $"{Segments}/{first.ToString("D20", CultureInfo.InvariantCulture)}{SegmentEnd}";

    public static IReadOnlyList<long> SegmentStarts(ILogDisk disk) =>
        [.. disk.List(Segments).Where(name => name.Length == 24 && name.EndsWith(SegmentEnd, StringComparison.Ordinal))
            .Select(name => long.TryParse(name.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : -1)
            .Where(first => first >= 0).Order()];
}
