using Qingyuan.Hj212.Security;

namespace Qingyuan.Hj212.Framing;

/// <summary>
/// For bytes whose length field does not lead to a check value: looks for <c>CP=&amp;&amp;</c> … <c>&amp;&amp;</c> and hexadecimal digits, and accepts the first
/// such segment whose check value fits. One pass over the window: the check values run along.
/// </summary>
internal static class FrameRecovery
{
    /// <summary>So many digits in front of the segment are taken for a mis-sized length field.</summary>
    private const int MostLengthDigits = 8;

    public static Cut Decide(ReadOnlySpan<byte> window, LineState line, FrameLimits limits, FrameRejection why)
    {
        var next = window[Wire.Head.Length..].IndexOf(Wire.Head);
        var bounded = next >= 0 || window.Length >= limits.Window;
        var area = next >= 0 ? window[..(next + Wire.Head.Length)] : window;
        var found = Find(area, bounded && line == LineState.Flowing ? LineState.Quiet : line);
        if (found.Status is FrameStatus.Complete or FrameStatus.Rejected) return found;
        // Quiet never refuses what may still come, unless a new frame plainly began behind a line end.
        if (why == FrameRejection.Truncated && line == LineState.Quiet && area[^1] != '\n') return Cut.Wait(window.Length + 1);
        if (next >= 0) return Cut.Refuse(area.Length, why);
        if (bounded) return Cut.Refuse(window[^1] == '#' ? window.Length - 1 : window.Length, why);
        return line == LineState.Ended ? Cut.Refuse(window.Length, why) : Cut.Wait(window.Length + 1);
    }

    private static Cut Find(ReadOnlySpan<byte> area, LineState line)
    {
        var start = Wire.Head.Length;
        while (start < area.Length && start < Wire.Head.Length + MostLengthDigits && area[start] is >= (byte)'0' and <= (byte)'9') start++;
        var open = area[start..].IndexOf("CP=&&"u8);
        if (open < 0) return Cut.Wait(area.Length + 1);

        var at = start + open + 5;
        var sums = new Sums().Over(area[start..at]);
        while (area[at..].IndexOf("&&"u8) is var step and >= 0)
        {
            // One sign only: of three, the last two close the area.
            sums = sums.Over(area.Slice(at, step + 1));
            at += step + 1;
            var trailer = Trailer.Read(area, at + 1, line);
            if (trailer.Undecided && trailer.Digits < Wire.CrcLength) return Cut.Wait(area.Length + 1);
            if (trailer.Digits == 0) continue;
            var closed = sums.Over(area.Slice(at, 1));
            var variant = trailer.Crc == closed.Standard ? FrameNotes.None : trailer.Variant(closed.Modbus);
            if (trailer.Crc != closed.Standard && variant == FrameNotes.None)
            {
                if (IsHexCipher(area, start, at + 1)) return trailer.Undecided ? Cut.Wait(area.Length + 1) : new(FrameStatus.Rejected, trailer.End, start, at + 1 - start, trailer.Crc, FrameRejection.CrcMismatch, trailer.Notes);
                continue;
            }

            return trailer.Undecided
                ? Cut.Wait(area.Length + 1)
                : FrameScan.Accept(start, at + 1 - start, trailer, trailer.Notes | variant | FrameNotes.LengthWrong);
        }
        return Cut.Wait(area.Length + 1);
    }

    /// <summary>An area encrypted and written as hexadecimal text (HJ 212-2025): exactly so much longer than the length says. Its check value is of the plain text.</summary>
    private static bool IsHexCipher(ReadOnlySpan<byte> window, int start, int end)
    {
        var open = start + window[start..end].IndexOf("CP=&&"u8) + 5;
        var raw = EncryptedSegment.RawLength(window[open..(end - 2)]);
        return raw < end - 2 - open && start == Wire.HeaderLength && Wire.Length(window[Wire.Head.Length..]) == open - start + raw + 2;
    }

    /// <summary>The two check values of the bytes so far.</summary>
    private readonly record struct Sums(ushort Standard, ushort Modbus)
    {
        public Sums() : this(Crc16.Seed, Crc16.Seed) { }

        public Sums Over(ReadOnlySpan<byte> bytes) => new(Crc16.Append(Standard, bytes), Crc16.AppendModbus(Modbus, bytes));
    }
}
