namespace Qingyuan.Hj212.Framing;

/// <summary>How much a peer may make us hold for one frame.</summary>
/// <param name="MaxSegment">Longest data segment accepted, in bytes; at most 9999. The standard's limit is <see cref="Legal"/>; longer ones carry a note.</param>
public readonly record struct FrameLimits(int MaxSegment)
{
    /// <summary>The standard's limit of a data segment, bytes (HJ 212-2017 table 2).</summary>
    public const int Legal = 1024;

    /// <summary>8 KiB: real loggers send segments of 1025 and 1623 bytes.</summary>
    public static FrameLimits Default => new(8192);

    /// <summary>The most bytes of one frame that ever have to be held before it is decided: also the bound of the work on one call.</summary>
    public int Window => Wire.HeaderLength + Segment + Wire.TrailerLength;

    internal int Segment => MaxSegment is > 0 and <= 9999 ? MaxSegment : Default.MaxSegment;
}
