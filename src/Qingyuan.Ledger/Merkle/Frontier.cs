using System.Numerics;

namespace Qingyuan.Ledger.Merkle;

/// <summary>The right edge of a growing tree: the roots of its maximal complete subtrees, largest first. Enough to append and to know the root.</summary>
/// <remarks>Not safe for several threads.</remarks>
public sealed class Frontier
{
    private readonly List<Digest> _peaks;

    /// <summary>The tree without leaves.</summary>
    public Frontier(HashSuite suite) : this(suite, 0, [])
    {
    }

    /// <summary>A tree of <paramref name="size"/> leaves with the given complete subtrees.</summary>
    /// <exception cref="ArgumentException">The number of peaks is not that of the size's binary form.</exception>
    public Frontier(HashSuite suite, long size, IEnumerable<Digest> peaks)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        (Suite, Size, _peaks) = (suite, size, [.. peaks]);
        if (_peaks.Count != BitOperations.PopCount((ulong)size)) throw new ArgumentException("As many peaks as the size has one-bits.", nameof(peaks));
    }

    /// <summary>The hash.</summary>
    public HashSuite Suite { get; }

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>Adds a leaf.</summary>
    /// <param name="leaf">Its hash.</param>
    /// <param name="completed">Called for every subtree of height 1 and more that is now complete: height, index among its height, hash.</param>
    public void Append(Digest leaf, Action<int, long, Digest>? completed = null)
    {
        var hash = leaf;
        var index = Size;
        for (var height = 1; (index & 1) == 1; height++)
        {
            hash = Suite.Node(_peaks[^1], hash);
            _peaks.RemoveAt(_peaks.Count - 1);
            index >>= 1;
            completed?.Invoke(height, index, hash);
        }

        _peaks.Add(hash);
        Size++;
    }

    /// <summary>Root of the tree as it is now.</summary>
    public Digest Root()
    {
        if (_peaks.Count == 0) return Suite.Empty;
        var hash = _peaks[^1];
        for (var i = _peaks.Count - 2; i >= 0; i--) hash = Suite.Node(_peaks[i], hash);
        return hash;
    }

    /// <summary>An independent copy.</summary>
    public Frontier Copy() => new(Suite, Size, _peaks);
}
