namespace Qingyuan.Hj212.Framing;

/// <summary>A decision about a window of bytes that begins with <c>##</c>, in offsets into that window.</summary>
/// <param name="Length">Bytes consumed; for <see cref="FrameStatus.Incomplete"/> the least number of bytes that can change the answer.</param>
internal readonly record struct Cut(
    FrameStatus Status, int Length, int SegmentStart = 0, int SegmentLength = 0, ushort Crc = 0,
    FrameRejection Why = FrameRejection.None, FrameNotes Notes = FrameNotes.None)
{
    public static Cut Wait(int needed) => new(FrameStatus.Incomplete, needed);

    public static Cut Skip(int length) => new(FrameStatus.Skipped, length, Why: FrameRejection.NoHeader);

    public static Cut Refuse(int length, FrameRejection why) => new(FrameStatus.Rejected, length, Why: why);
}
