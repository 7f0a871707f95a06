namespace Qingyuan.Hj212.Framing;

/// <summary>Deviations from the standard that a frame was accepted with.</summary>
[Flags]
public enum FrameNotes
{
    /// <summary>As the standard says.</summary>
    None = 0,

    /// <summary>The check value is CRC-16/MODBUS, high byte first.</summary>
    ModbusCrc = 1,

    /// <summary>The check value is CRC-16/MODBUS, low byte first.</summary>
    SwappedModbusCrc = 2,

    /// <summary>The length field is not the length of the segment; the segment was found by its shape and its check value.</summary>
    LengthWrong = 4,

    /// <summary>The frame does not end with CR LF.</summary>
    MissingCrLf = 8,

    /// <summary>The check value is written with lower-case letters.</summary>
    LowerCaseCrc = 16,

    /// <summary>The check value is written with fewer than four digits.</summary>
    ShortCrc = 32,

    /// <summary>The segment is longer than the 1024 bytes the standard allows.</summary>
    LongSegment = 64,
}
