namespace Qingyuan.Ledger.Merkle;

/// <summary>Verifies proofs by the algorithms of RFC 9162, section 2.1. Any malformed input is a plain "no".</summary>
public static class ProofCheck
{
    /// <summary>Whether <paramref name="leaf"/> stands at <paramref name="index"/> in the tree of <paramref name="size"/> leaves with <paramref name="root"/>.</summary>
    public static bool Inclusion(HashSuite suite, Digest leaf, long index, long size, IReadOnlyList<Digest> path, Digest root)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(path);
        if (index < 0 || index >= size) return false;
        var (fn, sn, hash) = (index, size - 1, leaf);
        foreach (var step in path)
        {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                hash = suite.Node(step, hash);
                while ((fn & 1) == 0 && fn != 0) (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                hash = suite.Node(hash, step);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && hash == root;
    }

    /// <summary>Whether the tree of <paramref name="oldSize"/> leaves is a prefix of the one of <paramref name="size"/>.</summary>
    /// <remarks>A start of 0 is refused: it would be consistent with anything and prove nothing.</remarks>
    public static bool Consistency(HashSuite suite, long oldSize, Digest oldRoot, long size, Digest root, IReadOnlyList<Digest> path)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(path);
        if (oldSize < 1 || oldSize > size) return false;
        if (oldSize == size) return path.Count == 0 && oldRoot == root;
        if (path.Count == 0) return false;

        var steps = new Queue<Digest>(path);
        var (fn, sn) = (oldSize - 1, size - 1);
        while ((fn & 1) == 1) (fn, sn) = (fn >> 1, sn >> 1);
        var start = fn == 0 ? oldRoot : steps.Dequeue(); // a complete old tree is its own first node
        var (oldHash, hash) = (start, start);
        foreach (var step in steps)
        {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                (oldHash, hash) = (suite.Node(step, oldHash), suite.Node(step, hash));
                while ((fn & 1) == 0 && fn != 0) (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                hash = suite.Node(hash, step);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && oldHash == oldRoot && hash == root;
    }
}
