namespace Qingyuan.Rules.Validity.Hj356;

/// <summary>One finished measurement of a water analyser, however often the logger repeated it.</summary>
/// <param name="SampledAt">Start of sampling, station wall clock: the result's time tag.</param>
/// <param name="Value">The result; null when its text is no number.</param>
/// <param name="State">What its mark says.</param>
public sealed record CycleResult(DateTime SampledAt, decimal? Value, DataState State)
{
    /// <summary>True when it is measured and counts.</summary>
    public bool Counts => Value is not null && DataMarks.Counts(State);
}

/// <summary>A reading of a water analyser as a frame brought it.</summary>
/// <param name="At">Stamp of the frame.</param>
/// <param name="SampledAt">Start of sampling where sent.</param>
/// <param name="Value">Null when the text is no number.</param>
/// <param name="State">What its mark says.</param>
public readonly record struct WaterReading(DateTime At, DateTime? SampledAt, decimal? Value, DataState State);
