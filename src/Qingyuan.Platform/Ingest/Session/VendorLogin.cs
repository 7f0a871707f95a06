using System.Buffers;
using System.Text;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>CN=9021 (login, self-check or heartbeat) is in no edition; at least four makers send it and wait for an answer in the shape of the standard's.</summary>
internal static class VendorLogin
{
    public static void WriteReply(IBufferWriter<byte> output, in SegmentHeader login, string command)
    {
        var text = $"ST=91;CN={command};PW={Text(login.Pw)};MN={Text(login.Mn)};Flag=4;CP=&&&&";
        FrameWriter.Write(output, Encoding.Latin1.GetBytes(login.Qn.IsEmpty ? text : $"QN={Text(login.Qn)};{text}"));
    }

    private static string Text(ReadOnlySpan<byte> field) => Encoding.Latin1.GetString(field[..Math.Min(field.Length, UnknownStations.LongestMn)]);
}
