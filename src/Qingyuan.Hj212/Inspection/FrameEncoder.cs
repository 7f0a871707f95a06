using System.Text;
using Qingyuan.Hj212.Framing;

namespace Qingyuan.Hj212.Inspection;

/// <summary>The reverse of <see cref="FrameDecoder"/>: texts to a frame. Length and check value are computed, whatever the texts say.</summary>
public static class FrameEncoder
{
    /// <summary>The frame, <c>##</c> to CR LF. A frame that the standard allows comes back byte for byte.</summary>
    /// <exception cref="ArgumentException">The segment is longer than four digits can say.</exception>
    public static byte[] Encode(DecodedFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return new FrameBuilder
        {
            Qn = frame.Qn, St = frame.St, Cn = frame.Cn, Pw = frame.Pw, Mn = frame.Mn, Flag = frame.Flag,
            Pnum = frame.Pnum, Pno = frame.Pno, Rf = frame.Rf, Area = Area(frame.Fields),
        }.ToBytes();
    }

    /// <summary>What stands between two items where nothing else is said: a comma inside one factor, a semicolon otherwise.</summary>
    public static char UsualSeparator(string before, string name)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(name);
        var dash = name.LastIndexOf('-');
        return dash > 0 && before.LastIndexOf('-') == dash && before.AsSpan(0, dash).SequenceEqual(name.AsSpan(0, dash)) ? ',' : ';';
    }

    private static string Area(IReadOnlyList<DecodedField> fields)
    {
        var text = new StringBuilder();
        for (var at = 0; at < fields.Count; at++)
        {
            if (at > 0) text.Append(fields[at].Separator ?? UsualSeparator(fields[at - 1].Name, fields[at].Name));
            text.Append(fields[at].Name).Append('=').Append(fields[at].Value);
        }
        return text.ToString();
    }
}
