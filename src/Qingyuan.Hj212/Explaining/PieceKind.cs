namespace Qingyuan.Hj212.Explaining;

/// <summary>What a piece of a frame is.</summary>
public enum PieceKind
{
    /// <summary><c>##</c>.</summary>
    Head,

    /// <summary>The four digits of the length.</summary>
    Length,

    /// <summary>A field in front of the data area.</summary>
    HeaderField,

    /// <summary><c>CP=&amp;&amp;</c>.</summary>
    AreaStart,

    /// <summary>A name and a value of the data area.</summary>
    Item,

    /// <summary>A data area that cannot be read: encrypted, or damaged.</summary>
    Opaque,

    /// <summary>The closing <c>&amp;&amp;</c>.</summary>
    AreaEnd,

    /// <summary>The check value.</summary>
    CheckValue,

    /// <summary>CR LF.</summary>
    Tail,

    /// <summary>Bytes between frames.</summary>
    Blank,

    /// <summary>Bytes that are no frame, or of a frame whose shape cannot be read.</summary>
    Rubbish,
}
