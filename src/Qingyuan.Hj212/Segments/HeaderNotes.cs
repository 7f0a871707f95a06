namespace Qingyuan.Hj212.Segments;

/// <summary>Deviations a segment was read with.</summary>
[Flags]
public enum HeaderNotes
{
    /// <summary>As the standard says.</summary>
    None = 0,

    /// <summary>The Flag was called CmdFlag.</summary>
    CmdFlag = 1,

    /// <summary>A field of the header has a value that is not the number it must be; it reads as absent.</summary>
    BadNumber = 2,

    /// <summary>A header field of a name the standard does not have. Not interpreted.</summary>
    UnknownField = 4,

    /// <summary>A header field stands twice; the first one counts.</summary>
    RepeatedField = 8,

    /// <summary>The data area is not closed with <c>&amp;&amp;</c>.</summary>
    AreaNotClosed = 16,

    /// <summary>Blanks round a name.</summary>
    Blanks = 32,

    /// <summary>Header fields are not in the order of the standard.</summary>
    Order = 64,

    /// <summary>Header fields are separated otherwise than by one semicolon.</summary>
    Separator = 128,
}
