using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>A batch's place in the chain.</summary>
internal readonly record struct BatchLink(long Id, byte[] Previous, byte[] Sha256);

/// <summary>Whole months of the engine, to be measured and to be removed.</summary>
internal interface IMonthStore
{
    /// <summary>Months that have something, ascending.</summary>
    IReadOnlyList<int> Months(TelemetryClass kind);

    long Bytes(TelemetryClass kind, int month);

    /// <summary>Frames, or results; 0 for values, which only chunks can count.</summary>
    long Items(TelemetryClass kind, int month);

    /// <summary>The month's batches by id, read while they are asked for: tens of millions of them do not fit into memory.</summary>
    IEnumerable<BatchLink> Links(int month);

    /// <summary>What the month consists of, hashed.</summary>
    IReadOnlyList<ColdFile> Files(TelemetryClass kind, int month, CancellationToken ct);

    void Delete(TelemetryClass kind, int month);
}
