namespace Qingyuan.Hj212.Framing;

/// <summary>What <see cref="FrameCutter.TryCut"/> found at the front of the bytes.</summary>
public enum FrameStatus
{
    /// <summary>Not decidable yet: more bytes are needed. Nothing but blanks was consumed.</summary>
    Incomplete = 0,

    /// <summary>A frame whose check value fits, perhaps with notes. Its bytes were consumed.</summary>
    Complete,

    /// <summary>Bytes that begin like a frame and are none; <see cref="FrameCut.Why"/> says why. They were consumed.</summary>
    Rejected,

    /// <summary>Rubbish before the next <c>##</c>. It was consumed.</summary>
    Skipped,
}
