using Qingyuan.Rules.Alarms.Conditions;
using Qingyuan.Rules.Diagnosis;
using Qingyuan.Rules.Validity;

namespace Qingyuan.Rules.Twins;

/// <summary>The frame that told the newest real-time values: one for all its factors.</summary>
/// <param name="SampledAt">Stamp of its data, station wall clock.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Frame">Its id.</param>
public sealed record Sample(DateTime SampledAt, DateTimeOffset ReceivedAt, string Frame);

/// <summary>What is known of one factor. There are millions of these, and one more with each value: times are kept in eight bytes, what follows from the rest is not kept.</summary>
public sealed record FactorTrack
{
    private const long Never = long.MinValue;
    private readonly long _heard = Never;
    private readonly long _lastCycle = Never;

    /// <summary>Nothing seen.</summary>
    public static FactorTrack None { get; } = new();

    /// <summary>Newest real-time text; null before the first.</summary>
    public string? Text { get; init; }

    /// <summary>At reference oxygen, as sent or computed; null where it does not apply.</summary>
    public string? Converted { get; init; }

    /// <summary>Newest mark as sent.</summary>
    public string? Flag { get; init; }

    /// <summary>What it says.</summary>
    public DataState State { get; init; } = DataState.NoData;

    /// <summary>Where the newest real-time value came from; null before the first.</summary>
    public Sample? Sample { get; init; }

    /// <summary>When a value that was not backfill came last; null before.</summary>
    public DateTimeOffset? HeardAt
    {
        get => _heard == Never ? null : new DateTimeOffset(_heard, TimeSpan.Zero);
        init => _heard = value?.UtcTicks ?? Never;
    }

    /// <summary>How long the same text.</summary>
    public SameText Same { get; init; }

    /// <summary>Newest minutes.</summary>
    public MinuteTrail Trail { get; init; }

    /// <summary>Newest sampling time seen (water), station wall clock.</summary>
    public DateTime? LastCycle
    {
        get => _lastCycle == Never ? null : new DateTime(_lastCycle);
        init => _lastCycle = value?.Ticks ?? Never;
    }

    /// <summary>The newest text as a number; null when it is none.</summary>
    public decimal? Number => Kernel.WireNumber.Parse(Text)?.Value;
}
