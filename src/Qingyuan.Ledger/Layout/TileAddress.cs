using System.Globalization;
using System.Text;

namespace Qingyuan.Ledger.Layout;

/// <summary>Which tile: its level, its place in the level and how many of its 256 items exist (C2SP tlog-tiles).</summary>
/// <param name="Level">0 holds leaf hashes, each level above the roots of full tiles below; <see cref="Entries"/> means an entry bundle.</param>
/// <param name="Index">Counts tiles of the level from the left.</param>
/// <param name="Width">1 to 256; below 256 the tile is partial.</param>
public readonly record struct TileAddress(int Level, long Index, int Width)
{
    /// <summary>Items of a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>Level number that stands for entry bundles.</summary>
    public const int Entries = -1;

    private const int MaxLevel = 63;

    /// <summary>No item is missing: the tile never changes again.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>The tile that holds item <paramref name="item"/> of <paramref name="level"/> in a tree of <paramref name="size"/> leaves, as wide as that tree has it.</summary>
    public static TileAddress Of(int level, long item, long size)
    {
        var items = size >> (8 * Math.Max(level, 0));
        var index = item / FullWidth;
        return new(level, index, (int)Math.Min(FullWidth, items - (index * FullWidth)));
    }

    /// <summary>Such as <c>tile/0/x001/x234/067.p/8</c> or <c>tile/entries/000</c>; the same on disk and on the wire.</summary>
    public string Path
    {
        get
        {
            var path = new StringBuilder("tile/").Append(Level == Entries ? "entries" : Level.ToString(CultureInfo.InvariantCulture)).Append('/').Append(Group(Index));
            if (!IsFull) path.Append(CultureInfo.InvariantCulture, $".p/{Width}");
            return path.ToString();
        }
    }

    /// <summary>The folder of the partial tiles that precede the full one.</summary>
    public string PartialFolder => (this with { Width = FullWidth }).Path + ".p";

    /// <summary>Reads the part of a path behind <c>tile/</c>, such as <c>0/x001/067</c>.</summary>
    public static bool TryParse(string path, out TileAddress address)
    {
        ArgumentNullException.ThrowIfNull(path);
        address = default;
        var parts = path.Split('/');
        if (parts.Length < 2 || !TryLevel(parts[0], out var level)) return false;
        var width = FullWidth;
        var last = parts.Length - 1;
        if (parts.Length >= 3 && parts[last - 1].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!int.TryParse(parts[last], NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or >= FullWidth) return false;
            parts[--last] = parts[last][..^2];
        }

        long index = 0;
        for (var i = 1; i <= last; i++)
        {
            var digits = i < last ? parts[i].StartsWith('x') ? parts[i][1..] : "" : parts[i];
            if (digits.Length != 3 || i > 6 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var group)) return false;
            index = (index * 1000) + group;
        }

        address = new(level, index, width);
        return address.Path == "tile/" + path; // one spelling each: no leading zero groups
    }

    private static bool TryLevel(string text, out int level)
    {
        level = Entries;
        return text == "entries" || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out level) && level <= MaxLevel);
    }

    private static string Group(long index)
    {
        var text = (index % 1000).ToString("000", CultureInfo.InvariantCulture);
        for (index /= 1000; index > 0; index /= 1000) text = $"x{(index % 1000).ToString("000", CultureInfo.InvariantCulture)}/{text}";
        return text;
    }
}
