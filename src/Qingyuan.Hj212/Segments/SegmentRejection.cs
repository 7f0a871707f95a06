namespace Qingyuan.Hj212.Segments;

/// <summary>Why a data segment with a fitting check value still cannot be read.</summary>
public enum SegmentRejection
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>No <c>CP=&amp;&amp;</c>: header and data area cannot be told apart.</summary>
    NoDataArea,

    /// <summary>No CN: nobody knows what the frame is about.</summary>
    NoCommand,
}
