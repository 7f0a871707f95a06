namespace Qingyuan.Ledger.Storage;

/// <summary>When to seal, and how long a segment grows.</summary>
public sealed record EvidenceLogOptions
{
    /// <summary>Seal when this many entries wait.</summary>
    public int SealCount { get; init; } = 256;

    /// <summary>Seal when an entry has waited this long.</summary>
    public TimeSpan SealAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Sign an unchanged log this often.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Start a new segment file once the last is longer, in bytes.</summary>
    public long SegmentBytes { get; init; } = 64 << 20;

    /// <summary>Entries between snapshots of the stream heads.</summary>
    public int HeadsEvery { get; init; } = 4096;

    /// <summary>Number of entries known elsewhere to have been signed (the index); a shorter log is refused as <see cref="LogTrouble.Behind"/>.</summary>
    public long Floor { get; init; }
}
