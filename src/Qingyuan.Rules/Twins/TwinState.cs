using System.Collections.Immutable;
using Qingyuan.Rules.Alarms.Conditions;

namespace Qingyuan.Rules.Twins;

/// <summary>The connection.</summary>
/// <param name="Connected">Null until somebody says.</param>
/// <param name="Remote">Address of the newest connection.</param>
/// <param name="ChangedAt">When it opened or closed.</param>
/// <param name="HeardAt">When any frame came last.</param>
/// <param name="DataAt">When data that were not backfill came last.</param>
public sealed record LinkTrack(bool? Connected, string? Remote, DateTimeOffset? ChangedAt, DateTimeOffset? HeardAt, DateTimeOffset? DataAt);

/// <summary>A draft mark on factors, from device state; the discharger files it.</summary>
/// <param name="Mark">HJ 75/76 letter.</param>
/// <param name="Factors">Only those affected.</param>
/// <param name="From">Station wall clock.</param>
/// <param name="Source">Who said so: <c>flag:a21026</c>, <c>i12001:w01018</c>.</param>
/// <param name="EndsAt">State change plus settling time; null while the state lasts.</param>
public sealed record DraftMark(string Mark, IReadOnlyList<string> Factors, DateTime From, string Source, DateTime? EndsAt);

/// <summary>A cause that is present.</summary>
/// <param name="Since">Station wall clock.</param>
/// <param name="Factor">Null when it concerns none.</param>
public sealed record OpenCause(DateTime Since, string? Factor);

/// <summary>The leak that is suspected now.</summary>
/// <param name="OxygenBefore">Level to which O2 must come back.</param>
/// <param name="Factors">What it makes doubtful.</param>
public sealed record LeakTrack(decimal OxygenBefore, ImmutableArray<string> Factors);

/// <summary>Who changed its text last, and when another factor did: enough to say for each factor whether others move.</summary>
/// <param name="Factor">The newest; null before the first.</param>
/// <param name="At">Its stamp.</param>
/// <param name="OthersAt">Newest stamp of any other factor; null when none moved.</param>
public readonly record struct Movement(string? Factor, DateTime At, DateTime? OthersAt)
{
    /// <summary>Newest stamp at which a factor other than <paramref name="factor"/> changed its text; null when none did.</summary>
    public DateTime? Besides(string factor) => Factor is null || Factor == factor ? OthersAt : At;

    /// <summary>After <paramref name="factor"/> changed its text.</summary>
    public Movement After(string factor, DateTime at)
    {
        if (Factor is null || Factor == factor) return this with { Factor = factor, At = at > At ? at : At };
        return at >= At ? new(factor, at, At) : this with { OthersAt = OthersAt > at ? OthersAt : at };
    }
}

/// <summary>A station as its twin knows it. Immutable: every turn gives a new one.</summary>
public sealed record TwinState
{
    /// <summary>Before anything was heard.</summary>
    /// <param name="startedAt">When we began to listen: silence is never counted from before.</param>
    public static TwinState Fresh(DateTimeOffset startedAt) => new() { StartedAt = startedAt };

    /// <summary>When we began to listen.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>By 2017 code.</summary>
    public FactorTracks Factors { get; init; } = FactorTracks.Empty;

    /// <summary>Newest device states by name (<c>SB1-RS</c>, <c>i12001</c>, <c>i12001:w01018</c>, <c>check:w01018</c>).</summary>
    public ImmutableDictionary<string, string> Devices { get; init; } = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The connection.</summary>
    public LinkTrack Link { get; init; } = new(null, null, null, null, null);

    /// <summary>The logger's clock.</summary>
    public ClockTrack Clock { get; init; } = ClockTrack.None;

    /// <summary>Causes that are present, by name.</summary>
    public ImmutableDictionary<string, OpenCause> Causes { get; init; } = ImmutableDictionary.Create<string, OpenCause>(StringComparer.Ordinal);

    /// <summary>Draft marks that are open.</summary>
    public ImmutableList<DraftMark> Marks { get; init; } = [];

    /// <summary>Hours that got values and wait to be judged, with when the last ones came.</summary>
    public ImmutableSortedDictionary<DateTime, DateTimeOffset> PendingHours { get; init; } = ImmutableSortedDictionary<DateTime, DateTimeOffset>.Empty;

    /// <summary>Days with newly judged hours that wait to be judged.</summary>
    public ImmutableSortedDictionary<DateTime, DateTimeOffset> PendingDays { get; init; } = ImmutableSortedDictionary<DateTime, DateTimeOffset>.Empty;

    /// <summary>The newest hour judged so far, null before the first.</summary>
    public DateTime? NewestHour { get; init; }

    /// <summary>The newest day judged so far, null before the first.</summary>
    public DateTime? NewestDay { get; init; }

    /// <summary>The leak that is suspected now, null when none.</summary>
    public LeakTrack? Leak { get; init; }

    /// <summary>What proves that factors move.</summary>
    public Movement Moved { get; init; }

    /// <summary>Newest minute the minute detectors have looked at.</summary>
    public DateTime? DetectedThrough { get; init; }

    /// <summary>The factor; an empty track when never heard.</summary>
    public FactorTrack Factor(string code) => Factors[code];
}
