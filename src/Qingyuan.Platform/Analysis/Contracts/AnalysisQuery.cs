using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Analysis.Contracts;

/// <summary>Which values are looked at. Its text form is the query string of the API, which a saved view keeps.</summary>
/// <param name="Factor">Code as the archive has it.</param>
/// <param name="From">Station wall clock, included.</param>
/// <param name="To">Not included.</param>
/// <param name="Resolution">Minute, hour or day.</param>
public sealed record AnalysisQuery(string Factor, DateTime From, DateTime To, Resolution Resolution)
{
    /// <summary>Among <see cref="Marks"/>: values without a mark (未带标记).</summary>
    public const string NoMark = "none";

    /// <summary>MNs; empty for all the person may see.</summary>
    public IReadOnlyList<string> Stations { get; init; } = [];

    /// <summary>Gas or water only; null for both.</summary>
    public StationKind? Kind { get; init; }

    /// <summary>As filed; null for all.</summary>
    public string? Industry { get; init; }

    /// <summary>What the platform derived instead of what the logger reported (hour and day only).</summary>
    public bool Derived { get; init; }

    /// <summary>At reference oxygen instead of as measured.</summary>
    public bool Converted { get; init; }

    /// <summary>Only values with one of these marks, <see cref="NoMark"/> for those without; empty for all. Of another factor too, where one is asked about.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>Only derived values whose verdict begins so, such as <c>valid</c>; null for all. Of another factor too, where one is asked about.</summary>
    public string? Verdict { get; init; }

    /// <summary>Only values of at least so much.</summary>
    public decimal? Least { get; init; }

    /// <summary>Only values of at most so much.</summary>
    public decimal? Most { get; init; }

    /// <summary>Only moments at which other factors (flow, oxygen, load) were within bounds; empty for all.</summary>
    public IReadOnlyList<OtherFactor> While { get; init; } = [];

    /// <summary>The same question for another factor: what was asked of this one's values holds of the moments.</summary>
    public AnalysisQuery Of(string factor) => factor == Factor ? this : this with
    {
        Factor = factor, Least = null, Most = null, While = Least is null && Most is null ? While : [.. While, new(Factor, Least, Most) { Converted = Converted }],
    };
}

/// <summary>A condition on another factor of the same station at the same time.</summary>
public sealed record OtherFactor(string Factor, decimal? Least, decimal? Most)
{
    /// <summary>At reference oxygen instead of as measured.</summary>
    public bool Converted { get; init; }
}
