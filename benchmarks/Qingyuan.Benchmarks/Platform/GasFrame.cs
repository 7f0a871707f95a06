using System.Globalization;
using Qingyuan.Hj212.Framing;

namespace Qingyuan.Benchmarks.Platform;

/// <summary>A real-time frame as the sample site's sinter stack sends it, with carbon monoxide as a tenth factor. Stamp, QN, MN, last digits and check value are written anew for each sending.</summary>
internal static class GasFrame
{
    private const int QnAt = 9;
    private static readonly byte[] Template = Make();
    private static readonly int MnAt = At("MN="u8, 3);
    private static readonly int StampAt = At("DataTime="u8, 9);
    private static readonly int[] LastDigits = [.. Enumerable.Range(StampAt + 14, Template.Length - StampAt - 14).Where(at => Template[at] is (byte)',' && char.IsAsciiDigit((char)Template[at - 1])).Select(at => at - 1)];

    public static int Length => Template.Length;

    /// <summary>Bytes of an answer 9014.</summary>
    public static int AnswerLength { get; } = 12 + $"QN=20260101000000000;ST=91;CN=9014;PW=123456;MN={Mn(0)};Flag=4;CP=&&&&".Length;

    public static string Mn(int station) => string.Create(CultureInfo.InvariantCulture, $"010000A8900016F1{station:D8}");

    /// <param name="frame">Where to, <see cref="Length"/> bytes.</param>
    /// <param name="station">Counted from 0.</param>
    /// <param name="stamp">Of the data, and of the logger's clock.</param>
    /// <param name="number">Of the frame; makes the QN its own and moves the values.</param>
    public static void Write(Span<byte> frame, int station, DateTime stamp, int number)
    {
        Template.CopyTo(frame);
        stamp.TryFormat(frame[QnAt..], out _, "yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        (number % 1000).TryFormat(frame[(QnAt + 14)..], out _, "D3", CultureInfo.InvariantCulture);
        frame.Slice(QnAt, 14).CopyTo(frame[StampAt..]);
        station.TryFormat(frame[(MnAt + 16)..], out _, "D8", CultureInfo.InvariantCulture);
        foreach (var at in LastDigits) frame[at] = (byte)('0' + ((station + number + at) % 10));
        Crc16.Compute(frame[6..^6]).TryFormat(frame[^6..^2], out _, "X4", CultureInfo.InvariantCulture);
    }

    private static int At(ReadOnlySpan<byte> name, int further) => Template.AsSpan().IndexOf(name) + further;

    private static byte[] Make()
    {
        string[] converted = [.. new[] { "a34013", "a21026", "a21002", "a21005" }.Select((factor, i) => $"{factor}-Rtd={4 + (i * 9)}.25,{factor}-ZsRtd={4 + (i * 9)}.25,{factor}-Flag=N")];
        string[] plain = ["a19001-Rtd=16.05,a19001-Flag=N", "a01012-Rtd=118.4,a01012-Flag=N", "a01013-Rtd=-0.215,a01013-Flag=N", "a01014-Rtd=6.90,a01014-Flag=N", "a01011-Rtd=13.82,a01011-Flag=N", "a00000-Rtd=193.1,a00000-Flag=N"];
        return new FrameBuilder { Qn = "20260101000000000", St = "31", Cn = "2011", Pw = "123456", Mn = Mn(0), Flag = 5, Area = $"DataTime=20260101000000;{string.Join(';', converted)};{string.Join(';', plain)}" }.ToBytes();
    }
}
