namespace Qingyuan.Ledger.Storage;

/// <summary>An envelope as it stands on disk.</summary>
/// <param name="Index">Its place in the log.</param>
/// <param name="Segment">First index of its segment.</param>
/// <param name="Offset">Where its record starts in the segment.</param>
/// <param name="Bytes">The envelope.</param>
internal readonly record struct StoredEnvelope(long Index, long Segment, long Offset, ReadOnlyMemory<byte> Bytes)
{
    public long End => Offset + SegmentRecord.HeaderLength + Bytes.Length;
}

/// <summary>Walks segment files from an index on, and stops at the first record that is not whole.</summary>
internal sealed class SegmentScan(ILogDisk disk)
{
    /// <summary>Where the walk met a record that is not whole; null when it reached the end.</summary>
    public (long Segment, long Offset)? Torn { get; private set; }

    /// <summary>Index after the last whole record.</summary>
    public long End { get; private set; }

    public IEnumerable<StoredEnvelope> From(long index)
    {
        var starts = LogFiles.SegmentStarts(disk);
        End = 0;
        foreach (var (place, start) in starts.Index())
        {
            if (place + 1 < starts.Count && starts[place + 1] <= index)
            {
                End = starts[place + 1];
                continue;
            }

            if (start != End)
            {
                Torn = (start, 0); // a segment is missing before this one
                yield break;
            }

            foreach (var stored in Segment(start)) if (stored.Index >= index) yield return stored;
            if (Torn is not null) yield break;
        }
    }

    private IEnumerable<StoredEnvelope> Segment(long start)
    {
        ReadOnlyMemory<byte> bytes = disk.Read(LogFiles.Segment(start)) ?? [];
        long offset = 0;
        End = start;
        while (offset < bytes.Length)
        {
            if (!SegmentRecord.TryRead(bytes[(int)offset..], out var envelope))
            {
                Torn = (start, offset);
                yield break;
            }

            var stored = new StoredEnvelope(End++, start, offset, envelope);
            offset = stored.End;
            yield return stored;
        }
    }
}
