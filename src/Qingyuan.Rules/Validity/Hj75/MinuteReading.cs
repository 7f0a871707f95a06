namespace Qingyuan.Rules.Validity.Hj75;

/// <summary>One minute of one factor.</summary>
/// <param name="Minute">0 to 59.</param>
/// <param name="Value">Mean of the minute; null when none came or its text is no number.</param>
/// <param name="State">What its mark says.</param>
public readonly record struct MinuteReading(int Minute, decimal? Value, DataState State)
{
    /// <summary>True when it is measured and counts.</summary>
    public bool Counts => Value is not null && DataMarks.Counts(State);
}
