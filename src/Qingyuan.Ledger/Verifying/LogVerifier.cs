using Qingyuan.Ledger.Canonical;
using Qingyuan.Ledger.Checkpoints;
using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Merkle;
using Qingyuan.Ledger.Storage;

namespace Qingyuan.Ledger.Verifying;

/// <summary>Rebuilds a log from its entries on disk and compares everything that was published: nothing is taken on trust but the keys.</summary>
/// <remarks>May run beside the writer: it judges up to the checkpoints it read first.</remarks>
public sealed class LogVerifier
{
    /// <summary>Findings after which the walk ends.</summary>
    public const int MaxFindings = 100;

    private const int Batch = 1024;

    private readonly ILogDisk _disk;
    private readonly LogKeyring _keys;
    private readonly TileFiles _tiles;
    private readonly List<LogFinding> _findings = [];
    private readonly StreamHeads _heads = new();
    private readonly List<ReadOnlyMemory<byte>> _bundle = []; // envelopes of the bundle being walked

    private LogVerifier(ILogDisk disk, LogKeyring keys) => (_disk, _keys, _tiles) = (disk, keys, new(disk));

    /// <summary>Verifies the log on <paramref name="disk"/>.</summary>
    /// <param name="disk">Its files.</param>
    /// <param name="trusted">Keys from elsewhere; null takes those beside the log.</param>
    /// <param name="ct">Stops the walk.</param>
    public static LogReport Run(ILogDisk disk, LogKeyring? trusted = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(disk);
        if ((trusted ?? new LogReader(disk).Keys()) is not { } keys) return new(null, 0, 0, [new("keys", null, "no public keys beside the log")]);
        return new LogVerifier(disk, keys).Walk(ct);
    }

    private LogReport Walk(CancellationToken ct)
    {
        var std = Published(HashSuite.Sha256);
        var sm = Published(HashSuite.Sm3);
        if (std is null || sm is null) return new(std?.Origin ?? sm?.Origin, 0, 0, _findings);
        if (sm.Origin != LogOrigin.Of(std.Origin, HashSuite.Sm3)) Found("origin", null, $"{std.Origin} and {sm.Origin}");
        // A crash between the two checkpoints leaves one behind the other until the next opening; both must hold.
        var size = Math.Max(std.Size, sm.Size);
        var trees = new[] { new RebuiltTree(HashSuite.Sha256, std, _tiles, Found), new RebuiltTree(HashSuite.Sm3, sm, _tiles, Found) };
        var scan = new SegmentScan(_disk);
        long unsealed = 0;
        foreach (var judged in scan.From(0).Chunk(Batch).SelectMany(batch => Judge(batch, ct)))
        {
            if (_findings.Count >= MaxFindings) break;
            var stored = judged.Stored;
            if (stored.Index >= size) unsealed++;
            Entry(judged);
            trees[0].Append(judged.Sha256);
            trees[1].Append(judged.Sm3);
            _bundle.Add(stored.Bytes);
            if (stored.Index < size && (stored.Index % TileAddress.FullWidth == TileAddress.FullWidth - 1 || stored.Index == size - 1)) Bundle(stored.Index, size);
        }

        if (scan.End < size && _findings.Count < MaxFindings) Found("segment", scan.End, scan.Torn is { } torn ? $"record not whole at {torn.Offset} of segment {torn.Segment}" : "entries missing");
        foreach (var tree in trees) tree.Finish();
        return new(std.Origin, size, unsealed, _findings);
    }

    private Checkpoint? Published(HashSuite suite)
    {
        var check = "checkpoint-" + suite.Name;
        if (new LogReader(_disk).Checkpoint(suite) is not { } published)
        {
            Found(check, null, "missing or malformed");
            return null;
        }

        var key = _keys.Log(published.Checkpoint.Origin);
        var verdict = key is null ? NoteVerdict.Missing : published.Note.Check(key, out _);
        if (verdict is not NoteVerdict.Good) Found(check, null, $"signature {verdict} for {published.Checkpoint.Origin}");
        return published.Checkpoint;
    }

    /// <summary>What each entry says for itself, on all cores: signatures and hashes are nearly all of the work.</summary>
    private JudgedEntry[] Judge(StoredEnvelope[] batch, CancellationToken ct)
    {
        var judged = new JudgedEntry[batch.Length];
        Parallel.For(0, batch.Length, new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount }, at => judged[at] = JudgedEntry.Of(batch[at], _keys));
        return judged;
    }

    /// <summary>In the order of the log: findings as a single reader would tell them, and the chains of the sources.</summary>
    private void Entry(JudgedEntry judged)
    {
        var index = judged.Stored.Index;
        if (judged.Envelope is not { } envelope)
        {
            Found("envelope", index, "malformed");
            return;
        }

        if (!judged.IsSigned) Found("source-signature", index, "wrong or of an unknown key");
        if (judged.Fault is not EntryFault.None)
        {
            Found("canonical", index, judged.Fault.ToString());
            return;
        }

        var entry = judged.Entry!;
        if (_heads.TryAdvance(entry, envelope.Entry.Span)) return;
        Found("stream", index, $"{entry.Stream} seq {entry.Seq} does not continue {_heads[entry.Stream].Seq}");
        _heads.Resume(entry, envelope.Entry.Span);
    }

    private void Bundle(long last, long size)
    {
        var address = TileAddress.Of(TileAddress.Entries, last, size);
        if (_tiles.Bundle(address) is not { } published) Found("bundle", last, $"{address.Path} missing or malformed");
        else if (published.Index().FirstOrDefault(pair => pair.Index >= _bundle.Count || !pair.Item.Span.SequenceEqual(_bundle[pair.Index].Span)) is { Item.Length: > 0 } differs)
            Found("bundle", (address.Index * TileAddress.FullWidth) + differs.Index, $"{address.Path} differs from the segment");
        _bundle.Clear();
    }

    private void Found(string check, long? index, string detail) => _findings.Add(new(check, index, detail));
}
