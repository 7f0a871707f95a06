using System.Globalization;
using System.Text;
using Qingyuan.Ledger.Canonical;
using Qingyuan.Ledger.Checkpoints;
using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Storage;

/// <summary>What opening a log does: judge the signing state, cut a torn end, find the waiting entries. Never repairs, never signs less.</summary>
internal static class LogRecovery
{
    /// <summary>Reads the signing state and takes the next epoch, durably.</summary>
    public static LogState TakeState(ILogDisk disk, LogKeys keys)
    {
        var bytes = disk.Read(LogFiles.State);
        LogState? state = null;
        if (bytes is null && IsEmpty(disk)) state = new(keys.Origin, 0, 0, HashSuite.Sha256.Empty, HashSuite.Sm3.Empty);
        else if (bytes is null || !LogState.TryRead(bytes, out state)) throw new LogException(LogTrouble.StateLost, LogFiles.State);
        if (state!.Origin != keys.Origin) throw new LogException(LogTrouble.OtherLog, state.Origin);
        RequireOwnCheckpoints(disk, keys, state);
        state = state with { Epoch = state.Epoch + 1 };
        disk.Replace(LogFiles.State, state.ToBytes());
        return state;
    }

    /// <summary>
    /// Removes tiles that a crash left beyond the signed size. Should their entries be cut, other ones take their place, and no reader may be served
    /// a narrow tile out of a wide one that never came to be.
    /// </summary>
    public static void DeleteUnpublishedTiles(ILogDisk disk, long size)
    {
        foreach (var suite in HashSuite.All)
        {
            for (var level = TileAddress.Entries; level < 8; level++)
            {
                var (index, width) = Math.DivRem(size >> (8 * Math.Max(level, 0)), TileAddress.FullWidth);
                var growing = new TileAddress(level, index, TileAddress.FullWidth);
                disk.Delete(LogFiles.Tile(suite, growing));
                var folder = LogFiles.Tile(suite, growing) + ".p";
                foreach (var name in disk.List(folder).Where(name => !int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var wide) || wide > width))
                    disk.Delete($"{folder}/{name}");
            }
        }
    }

    /// <summary>Entries behind the signed size, the segment to append to, and how many bytes of a torn end were cut.</summary>
    public static (IReadOnlyList<PendingEntry> Waiting, long Segment, long TornBytes) Tail(ILogDisk disk, long signed)
    {
        var scan = new SegmentScan(disk);
        // From the last signed entry on, so that a damaged end of the signed part is seen too.
        var waiting = scan.From(Math.Max(0, signed - 1)).Where(stored => stored.Index >= signed).Select(PendingEntry.Of).ToList();
        var starts = LogFiles.SegmentStarts(disk);
        if (scan.End < signed) throw new LogException(scan.Torn is null ? LogTrouble.Behind : LogTrouble.Damaged, $"entry {scan.End} of {signed} signed");
        if (scan.Torn is not { } torn) return (waiting, starts.Count == 0 ? 0 : starts[^1], 0);

        long cut = 0;
        foreach (var later in starts.Where(start => start > torn.Segment))
        {
            cut += disk.Length(LogFiles.Segment(later));
            disk.Delete(LogFiles.Segment(later));
        }

        cut += disk.Length(LogFiles.Segment(torn.Segment)) - torn.Offset;
        disk.Truncate(LogFiles.Segment(torn.Segment), torn.Offset);
        return (waiting, torn.Segment, cut);
    }

    public static StreamHeads Heads(ILogDisk disk, long size)
    {
        var heads = StreamHeads.Read(disk.Read(LogFiles.Heads), size);
        foreach (var stored in new SegmentScan(disk).From(heads.Through))
        {
            if (!Envelope.TryRead(stored.Bytes, out var envelope) || LogEntry.TryRead(envelope!.Entry.Span, out var entry) is not EntryFault.None)
                throw new LogException(LogTrouble.Damaged, $"entry {stored.Index}");
            if (!heads.TryAdvance(entry!, envelope.Entry.Span)) heads.Resume(entry!, envelope.Entry.Span);
        }

        return heads;
    }

    /// <summary>Public keys stand beside the log, so that it can be verified without any secret. Older source keys stay.</summary>
    public static void WriteKeys(ILogDisk disk, LogKeys keys)
    {
        var ring = keys.Public;
        var old = disk.Read(LogFiles.Keys);
        if (old is not null && LogKeyring.TryParse(Encoding.UTF8.GetString(old), out var older)) ring = ring.With(older!);
        var bytes = Encoding.UTF8.GetBytes(ring.ToString());
        if (old is null || !old.AsSpan().SequenceEqual(bytes)) disk.Replace(LogFiles.Keys, bytes);
    }

    /// <summary>True when a crash came between the signing state and its checkpoints, or before the first ones.</summary>
    public static bool NeedsPublishing(ILogDisk disk, LogKeys keys, LogState state) =>
        HashSuite.All.Any(suite => Published(disk, keys, state, suite) is not { } checkpoint || checkpoint.Size < state.Size);

    public static bool IsEmpty(ILogDisk disk) => LogFiles.SegmentStarts(disk).Count == 0 && HashSuite.All.All(suite => disk.Length(LogFiles.Checkpoint(suite)) == 0);

    private static void RequireOwnCheckpoints(ILogDisk disk, LogKeys keys, LogState state)
    {
        foreach (var suite in HashSuite.All)
        {
            if (Published(disk, keys, state, suite) is not { } checkpoint) continue;
            if (checkpoint.Size > state.Size) throw new LogException(LogTrouble.Behind, $"state {state.Size} < checkpoint {checkpoint.Size}");
            if (checkpoint.Size == state.Size && checkpoint.Root != state.Root(suite)) throw new LogException(LogTrouble.Damaged, LogFiles.State);
        }
    }

    private static Checkpoint? Published(ILogDisk disk, LogKeys keys, LogState state, HashSuite suite)
    {
        if (disk.Read(LogFiles.Checkpoint(suite)) is not { } bytes) return null;
        if (!SignedNote.TryParse(bytes, out var note) || !Checkpoint.TryParse(note!.Text, out var checkpoint)) throw new LogException(LogTrouble.Damaged, LogFiles.Checkpoint(suite));
        if (LogSuccession.IsOfPredecessor(state, checkpoint!.Origin, suite)) return null;
        if (checkpoint.Origin != LogOrigin.Of(keys.Origin, suite)) throw new LogException(LogTrouble.OtherLog, checkpoint.Origin);
        return note.Check(keys.Signer(suite).Key, out _) switch
        {
            NoteVerdict.Good => checkpoint,
            NoteVerdict.Missing => throw new LogException(LogTrouble.OtherLog, "another log key"),
            _ => throw new LogException(LogTrouble.Damaged, LogFiles.Checkpoint(suite)),
        };
    }
}
