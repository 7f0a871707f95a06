using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Exchange;

namespace Qingyuan.Platform.Exchange.Backfill;

/// <summary>One missing period. It stays, whatever becomes of it.</summary>
internal sealed class GapRow
{
    public int StationNo { get; init; }

    public Resolution Resolution { get; init; }

    /// <summary>Wall clock of the station.</summary>
    public DateTime Start { get; init; }

    public GapState State { get; set; }

    public string? Why { get; set; }

    public DateTimeOffset FoundAt { get; init; }

    public int Attempts { get; set; }

    public Guid? CommandId { get; set; }

    public DateTimeOffset? AskedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public GapView ToView() => new(StationNo, Resolution, Start, State, Why, FoundAt, Attempts, CommandId, EndedAt);
}

/// <summary>How far a station's periods have been looked through.</summary>
internal sealed class LookedThroughRow
{
    public int StationNo { get; init; }

    public Resolution Resolution { get; init; }

    /// <summary>Wall clock; not included.</summary>
    public DateTime Through { get; set; }
}
