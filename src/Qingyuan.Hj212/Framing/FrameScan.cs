namespace Qingyuan.Hj212.Framing;

/// <summary>Decides what a window of bytes begins with: by length first, by shape and check value where length and bytes disagree.</summary>
internal static class FrameScan
{
    /// <param name="window">Begins with <c>#</c>.</param>
    public static Cut Decide(ReadOnlySpan<byte> window, LineState line, FrameLimits limits)
    {
        if (window.Length > limits.Window) window = window[..limits.Window];
        // Of three hash signs the last two are the head.
        if ((window.Length > 1 && window[1] != '#') || (window.Length > 2 && window[2] == '#')) return Cut.Skip(1);
        if (window.Length < Wire.HeaderLength)
            return line == LineState.Ended ? Cut.Refuse(window.Length, FrameRejection.Truncated) : Cut.Wait(Wire.HeaderLength);

        var length = Wire.Length(window[Wire.Head.Length..]);
        if (length < 0) return FrameRecovery.Decide(window, line, limits, FrameRejection.LengthNotNumeric);
        if (length == 0) return FrameRecovery.Decide(window, line, limits, FrameRejection.EmptySegment);
        if (length > limits.Segment) return FrameRecovery.Decide(window, line, limits, FrameRejection.LengthOverLimit);

        var end = Wire.HeaderLength + length;
        if (window.Length <= end + 1 && line == LineState.Flowing) return Cut.Wait(end + 2);
        if (window.Length <= end) return FrameRecovery.Decide(window, line, limits, FrameRejection.Truncated);
        var trailer = Trailer.Read(window, end, line);
        return trailer.Undecided ? Cut.Wait(window.Length + 1) : Judge(window, length, trailer, line, limits);
    }

    private static Cut Judge(ReadOnlySpan<byte> window, int length, in Trailer trailer, LineState line, FrameLimits limits)
    {
        var segment = window.Slice(Wire.HeaderLength, length);
        if (trailer.Digits == Wire.CrcLength && trailer.Crc == Crc16.Compute(segment)) return Accept(Wire.HeaderLength, length, trailer, trailer.Notes);

        var closed = segment.EndsWith("&&"u8);
        if (closed && trailer.Digits > 0)
        {
            if (trailer.Crc == Crc16.Compute(segment)) return Accept(Wire.HeaderLength, length, trailer, trailer.Notes);
            var variant = trailer.Variant(Crc16.ComputeModbus(segment));
            if (variant != FrameNotes.None) return Accept(Wire.HeaderLength, length, trailer, trailer.Notes | variant);
        }

        // The shape fits the length: the bytes are damaged, or their area is encrypted. A head inside says the length swallowed a second frame.
        var shaped = trailer.Digits == Wire.CrcLength ? closed || trailer.EndsInCrLf : closed && trailer.Digits > 0 && trailer.EndsInCrLf;
        if (!shaped || segment.IndexOf("\r\n##"u8) >= 0) return FrameRecovery.Decide(window, line, limits, FrameRejection.NoTail);
        return new(FrameStatus.Rejected, trailer.End, Wire.HeaderLength, length, trailer.Crc, FrameRejection.CrcMismatch, trailer.Notes);
    }

    internal static Cut Accept(int start, int length, in Trailer trailer, FrameNotes notes) =>
        new(FrameStatus.Complete, trailer.End, start, length, trailer.Crc, FrameRejection.None,
            length > FrameLimits.Legal ? notes | FrameNotes.LongSegment : notes);
}
