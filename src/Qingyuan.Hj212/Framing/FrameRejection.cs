namespace Qingyuan.Hj212.Framing;

/// <summary>Why bytes were refused as a frame. Logged and counted by name; a refusal is data, not an exception.</summary>
public enum FrameRejection
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>No <c>##</c> in front: rubbish on the line.</summary>
    NoHeader,

    /// <summary>The four characters after <c>##</c> are not digits, and nothing in the bytes could be recovered as a frame.</summary>
    LengthNotNumeric,

    /// <summary>The length is over the accepted limit, and nothing in the bytes could be recovered as a frame.</summary>
    LengthOverLimit,

    /// <summary>The length is zero: legal by the table, without use, and treated as noise.</summary>
    EmptySegment,

    /// <summary>The frame's shape is whole, the check value is another. Damage, another algorithm, or an encrypted data area of edition 2025.</summary>
    CrcMismatch,

    /// <summary>Where the length says the check value stands is none, and nothing in the bytes could be recovered as a frame.</summary>
    NoTail,

    /// <summary>The line went quiet, or ended, in the middle of the frame.</summary>
    Truncated,
}
