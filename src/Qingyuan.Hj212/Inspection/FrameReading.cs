namespace Qingyuan.Hj212.Inspection;

/// <summary>A decoded frame, or why there is none.</summary>
/// <param name="Frame">Null when refused.</param>
/// <param name="Why">Name of the <see cref="Framing.FrameRejection"/> or <see cref="Segments.SegmentRejection"/>; null when accepted.</param>
/// <param name="At">Where in the frame's bytes the refusal lies; 0 when accepted.</param>
public sealed record FrameReading(DecodedFrame? Frame, string? Why, int At)
{
    internal static FrameReading Refused(string why, int at) => new(null, why, at);
}
