using System.Buffers.Binary;

namespace Qingyuan.Hj212.Framing;

/// <summary>Check value and tail as they stand behind a segment.</summary>
/// <param name="Digits">Hexadecimal digits found, 0…4.</param>
/// <param name="End">Offset behind the last byte that belongs to the frame.</param>
/// <param name="Undecided">The window ends before the trailer does.</param>
internal readonly record struct Trailer(int Digits, ushort Crc, int End, FrameNotes Notes, bool Undecided)
{
    public bool EndsInCrLf => (Notes & FrameNotes.MissingCrLf) == 0;

    public static Trailer Read(ReadOnlySpan<byte> window, int at, LineState line)
    {
        var digits = Wire.Hex(window[at..], out var crc, out var lowerCase);
        var notes = lowerCase ? FrameNotes.LowerCaseCrc : FrameNotes.None;
        if (digits < Wire.CrcLength) notes |= FrameNotes.ShortCrc;
        var end = at + digits;
        var tail = window[end..];
        var cut = tail.IsEmpty || (tail.Length == 1 && tail[0] == '\r');
        if (cut && line == LineState.Flowing) return new(digits, crc, end, notes, Undecided: true);
        if (tail.Length > 1 && tail[0] == '\r' && tail[1] == '\n') return new(digits, crc, end + 2, notes, Undecided: false);
        if (!tail.IsEmpty && tail[0] is (byte)'\r' or (byte)'\n') end++;
        return new(digits, crc, end, notes | FrameNotes.MissingCrLf, Undecided: false);
    }

    /// <summary>Which of the usual mistakes made this check value, if any.</summary>
    public FrameNotes Variant(ushort modbus) =>
        Crc == modbus ? FrameNotes.ModbusCrc
        : Digits == Wire.CrcLength && Crc == BinaryPrimitives.ReverseEndianness(modbus) ? FrameNotes.SwappedModbusCrc
        : FrameNotes.None;
}
