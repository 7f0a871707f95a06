namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>Which period a value speaks for, by the command it came with.</summary>
public enum Resolution : byte
{
    /// <summary>2011: the moment of acquisition.</summary>
    Realtime = 0,

    /// <summary>2051: one minute interval of the logger, stamped by its start.</summary>
    Minute = 1,

    /// <summary>2061: one hour, stamped by its start.</summary>
    Hour = 2,

    /// <summary>2031: one day, stamped by its start.</summary>
    Day = 3,
}

/// <summary>One measured quantity of one factor, as the logger sent it.</summary>
/// <param name="Factor">Code as sent, such as <c>a21026</c> or 2005's <c>02</c>; the twin maps 2005 codes, the store keeps what was sent.</param>
/// <param name="Quantity">Suffix as sent without the dash: <c>Rtd</c>, <c>Avg</c>, <c>Min</c>, <c>Max</c>, <c>Cou</c>, <c>ZsRtd</c>, <c>ZsAvg</c>, <c>ZsMin</c>, <c>ZsMax</c>.</param>
/// <param name="Text">The value exactly as sent.</param>
/// <param name="Flag">The factor's data mark in this frame, null when none was sent.</param>
/// <param name="SampleTime">Start of the sampling the value belongs to, where sent (water analysers).</param>
public readonly record struct ReportedValue(string Factor, string Quantity, string Text, string? Flag, DateTime? SampleTime);

/// <summary>The measured values of one frame: a pure function of its bytes and the decoder's version.</summary>
public sealed record ReportedValues(
    FrameId Frame, Resolution Resolution, DateTime DataTime, DateTimeOffset ReceivedAt, IReadOnlyList<ReportedValue> Values);

/// <summary>What applying a frame's values to the chunk did.</summary>
public enum ApplyOutcome
{
    New,

    /// <summary>The same values for the same moment were there already.</summary>
    Repeat,

    /// <summary>Another value for the same moment was there first; it stands, and the contradiction is recorded with both frames.</summary>
    Conflict,
}
