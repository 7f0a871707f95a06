namespace Qingyuan.Hj212.Segments;

/// <summary>Which edition of the standard a frame speaks. Decided per frame by its Flag, never per port or station: one link carries all three.</summary>
public enum Edition
{
    /// <summary>HJ/T 212-2005: version bits 0, or no Flag at all.</summary>
    V2005 = 0,

    /// <summary>HJ 212-2017: version bits 1, Flag 4…7.</summary>
    V2017 = 1,

    /// <summary>HJ 212-2025: version bits 2, Flag 8…11. Later versions are read as this one.</summary>
    V2025 = 2,
}
