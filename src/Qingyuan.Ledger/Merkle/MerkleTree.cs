using System.Numerics;

namespace Qingyuan.Ledger.Merkle;

/// <summary>Gives the hash of a complete subtree: <paramref name="height"/> 0 is a leaf; <paramref name="index"/> counts subtrees of that height from the left.</summary>
public delegate Digest SubtreeHash(int height, long index);

/// <summary>Roots and proofs of RFC 6962 over any source of complete subtrees: a list in memory or tiles on disk.</summary>
public static class MerkleTree
{
    /// <summary>Root over all <paramref name="leaves"/>.</summary>
    public static Digest Root(HashSuite suite, IEnumerable<Digest> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        var frontier = new Frontier(suite);
        foreach (var leaf in leaves) frontier.Append(leaf);
        return frontier.Root();
    }

    /// <summary>Root of the first <paramref name="size"/> leaves.</summary>
    public static Digest Root(HashSuite suite, long size, SubtreeHash source)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return size == 0 ? suite.Empty : Range(suite, 0, size, source);
    }

    /// <summary>Roots of the maximal complete subtrees of the first <paramref name="size"/> leaves, largest first.</summary>
    public static IEnumerable<Digest> Peaks(long size, SubtreeHash source)
    {
        ArgumentNullException.ThrowIfNull(source);
        for (long start = 0; start < size;)
        {
            var height = BitOperations.Log2((ulong)(size - start));
            yield return source(height, start >> height);
            start += 1L << height;
        }
    }

    /// <summary>Path from the leaf's sibling up to the root's child.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not in the tree.</exception>
    public static IReadOnlyList<Digest> Inclusion(HashSuite suite, long index, long size, SubtreeHash source)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<Digest>();
        long start = 0, end = size;
        while (end - start > 1)
        {
            var middle = start + Split(end - start);
            var left = index < middle;
            path.Add(left ? Range(suite, middle, end, source) : Range(suite, start, middle, source));
            (start, end) = left ? (start, middle) : (middle, end);
        }

        path.Reverse();
        return path;
    }

    /// <summary>Proof that the first <paramref name="oldSize"/> leaves are a prefix of the tree of <paramref name="size"/>; empty when the sizes are equal.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="oldSize"/> is 0 or above <paramref name="size"/>.</exception>
    public static IReadOnlyList<Digest> Consistency(HashSuite suite, long oldSize, long size, SubtreeHash source)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oldSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, size);
        var path = new List<Digest>();
        long start = 0, end = size;
        while (end != oldSize)
        {
            var middle = start + Split(end - start);
            var left = oldSize <= middle;
            path.Add(left ? Range(suite, middle, end, source) : Range(suite, start, middle, source));
            (start, end) = left ? (start, middle) : (middle, end);
        }

        if (start > 0) path.Add(Range(suite, start, end, source));
        path.Reverse();
        return path;
    }

    /// <summary>A source over leaf hashes in memory.</summary>
    public static SubtreeHash Over(HashSuite suite, IReadOnlyList<Digest> leaves)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(leaves);
        return Subtree;

        Digest Subtree(int height, long index) => height == 0
            ? leaves[checked((int)index)]
            : suite.Node(Subtree(height - 1, index * 2), Subtree(height - 1, (index * 2) + 1));
    }

    private static Digest Range(HashSuite suite, long start, long end, SubtreeHash source)
    {
        var width = end - start;
        if (BitOperations.IsPow2(width)) return Complete(start, width, source);
        var middle = start + Split(width);
        return suite.Node(Range(suite, start, middle, source), Range(suite, middle, end, source));
    }

    private static Digest Complete(long start, long width, SubtreeHash source)
    {
        var height = BitOperations.Log2((ulong)width);
        return source(height, start >> height);
    }

    /// <summary>The largest power of two below <paramref name="width"/>.</summary>
    private static long Split(long width) => 1L << BitOperations.Log2((ulong)(width - 1));
}
