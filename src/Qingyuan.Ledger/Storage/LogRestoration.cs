using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Storage;

/// <summary>What a log put back from a backup holds.</summary>
/// <param name="Origin">Name under which it was signed last; null when nothing ever was.</param>
/// <param name="Size">Entries under its checkpoints.</param>
/// <param name="Entries">Whole entries on disk, signed or not.</param>
/// <param name="Sha256Root">Root over the first <paramref name="Size"/> entries.</param>
/// <param name="Sm3Root">The same of the other suite.</param>
public sealed record RestoredLog(string? Origin, long Size, long Entries, Digest Sha256Root, Digest Sm3Root);

/// <summary>Makes the tiles of a log anew from its entries. A backup carries segments, checkpoints and public keys only: the rest follows from them.</summary>
public static class LogRestoration
{
    private const int FlushEvery = 1 << 12;

    /// <summary>Rebuilds both trees and compares them with the signed checkpoints before a single tile is written.</summary>
    /// <exception cref="LogException">Entries are missing, or the signed roots are not theirs.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public static RestoredLog Rebuild(ILogDisk disk)
    {
        ArgumentNullException.ThrowIfNull(disk);
        var restored = Compare(disk);
        WriteTiles(disk, restored.Size);
        return restored;
    }

    /// <summary>Reads every entry and compares the roots with what was signed; writes nothing.</summary>
    /// <exception cref="LogException">Entries are missing, or the signed roots are not theirs.</exception>
    internal static RestoredLog Compare(ILogDisk disk)
    {
        var reader = new LogReader(disk);
        var signed = HashSuite.All.Select(suite => (Suite: suite, Newest: reader.Checkpoint(suite)?.Checkpoint)).ToList();
        var size = signed.Max(pair => pair.Newest?.Size ?? 0);
        var trees = signed.Select(pair => (pair.Suite, pair.Newest, Tree: new Frontier(pair.Suite))).ToList();
        var scan = new SegmentScan(disk);
        foreach (var tree in trees) RequireSignedRoot(tree.Suite, tree.Newest, tree.Tree);
        foreach (var stored in scan.From(0))
        {
            if (stored.Index >= size) continue;
            foreach (var (suite, newest, tree) in trees)
            {
                tree.Append(suite.Leaf(stored.Bytes.Span));
                RequireSignedRoot(suite, newest, tree);
            }
        }

        if (scan.End < size) throw new LogException(LogTrouble.Behind, $"entry {scan.End} of {size} signed");
        return new(signed[0].Newest?.Origin, size, scan.End, trees[0].Tree.Root(), trees[1].Tree.Root());
    }

    // A crash may have come between the two checkpoints: each is held against the tree of its own size.
    private static void RequireSignedRoot(HashSuite suite, Checkpoints.Checkpoint? newest, Frontier tree)
    {
        if (newest?.Size == tree.Size && newest.Root != tree.Root()) throw new LogException(LogTrouble.Damaged, $"{suite.Name} root of size {tree.Size}");
    }

    private static void WriteTiles(ILogDisk disk, long size)
    {
        var files = new TileFiles(disk);
        TileEdge[] edges = [.. HashSuite.All.Select(suite => new TileEdge(suite, 0, files))];
        var writer = new TileWriter(disk, 0);
        foreach (var stored in new SegmentScan(disk).From(0).TakeWhile(stored => stored.Index < size))
        {
            writer.Append(stored.Bytes);
            foreach (var edge in edges) edge.Append(edge.Suite.Leaf(stored.Bytes.Span));
            if ((stored.Index + 1) % FlushEvery == 0) writer.Write(edges);
        }

        if (size > 0) writer.Write(edges);
        writer.DeleteSuperseded();
    }
}
