using System.Buffers;
using System.Globalization;
using System.Text;

namespace Qingyuan.Hj212.Framing;

/// <summary>A frame to be sent: header fields by name, and the text of the data area. A field that is null is left out.</summary>
/// <remarks>Text is written as UTF-8. Nothing is judged: a sender that imitates a faulty logger needs the same tool.</remarks>
public sealed record FrameBuilder
{
    /// <summary>QN, 17 digits; see <see cref="QnAt"/>.</summary>
    public string? Qn { get; init; }

    /// <summary>ST, such as 32.</summary>
    public string? St { get; init; }

    /// <summary>CN, such as 2011.</summary>
    public string? Cn { get; init; }

    /// <summary>PW.</summary>
    public string? Pw { get; init; }

    /// <summary>MN.</summary>
    public string? Mn { get; init; }

    /// <summary>Flag, such as 5 for 2017 with an answer wanted.</summary>
    public int? Flag { get; init; }

    /// <summary>PNUM.</summary>
    public int? Pnum { get; init; }

    /// <summary>PNO.</summary>
    public int? Pno { get; init; }

    /// <summary>RF, 1 on backfill by 2025.</summary>
    public int? Rf { get; init; }

    /// <summary>The data area, without its <c>&amp;&amp;</c>.</summary>
    public string Area { get; init; } = "";

    /// <summary>The data segment, as text.</summary>
    public string Segment()
    {
        var text = new StringBuilder(128 + Area.Length);
        Field(text, "QN", Qn);
        Field(text, "ST", St);
        Field(text, "CN", Cn);
        Field(text, "PW", Pw);
        Field(text, "MN", Mn);
        Field(text, "Flag", Text(Flag));
        Field(text, "PNUM", Text(Pnum));
        Field(text, "PNO", Text(Pno));
        Field(text, "RF", Text(Rf));
        return text.Append("CP=&&").Append(Area).Append("&&").ToString();
    }

    /// <summary>Writes the whole frame, <c>##</c> to CR LF.</summary>
    /// <exception cref="ArgumentException">The segment is longer than four digits can say.</exception>
    public void Write(IBufferWriter<byte> output) => FrameWriter.Write(output, Encoding.UTF8.GetBytes(Segment()));

    /// <summary>The whole frame, <c>##</c> to CR LF.</summary>
    /// <exception cref="ArgumentException">The segment is longer than four digits can say.</exception>
    public byte[] ToBytes()
    {
        var output = new ArrayBufferWriter<byte>(256);
        Write(output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A QN for a moment of the sender's wall clock: YYYYMMDDhhmmsszzz.</summary>
    public static string QnAt(DateTime wallClock) => wallClock.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);

    private static void Field(StringBuilder text, string name, string? value)
    {
        if (value is not null) text.Append(name).Append('=').Append(value).Append(';');
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
