namespace Qingyuan.Hj212.Framing;

/// <summary>What is known of the bytes still to come, for frames whose end does not show by itself.</summary>
public enum LineState
{
    /// <summary>More bytes may follow at once. The answer depends on the bytes alone, never on how they were split.</summary>
    Flowing = 0,

    /// <summary>
    /// No byte for a moment (about a second) with a frame begun. A frame that is whole but lacks its CR LF, or names too great a length, is accepted now,
    /// so that its sender gets an answer; nothing is refused for what has not come yet.
    /// </summary>
    Quiet,

    /// <summary>The stream ended, or a half frame has waited too long (about 30 s). What cannot be a frame any more is refused.</summary>
    Ended,
}
