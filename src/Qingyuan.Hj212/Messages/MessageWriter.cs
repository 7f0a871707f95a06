using System.Buffers;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Messages;

/// <summary>Typed messages to frames of their edition. Allocates nothing beyond what the output does.</summary>
/// <remarks>
/// <para>2017 and 2025: <c>QN;ST;CN;PW;MN;Flag;[PNUM;PNO;][RF;]CP</c>, Flag by edition, splitting and the wish for an answer.</para>
/// <para>2005: requests and notices carry QN and Flag in the header. Everything else has its QN, if any, first in the data area, and a Flag only when it
/// says something; 9011 and 9013 have Flag=0, 9012 has none, 9014 neither PW nor MN.</para>
/// </remarks>
public static class MessageWriter
{
    private const int Usual = 2048;

    /// <summary>Writes the whole frame, <c>##</c> to CR LF. Whether the segment is over the standard's 1024 bytes and must be split is the caller's business.</summary>
    /// <exception cref="ArgumentException">A text holds a separator, or the segment is longer than four digits can say.</exception>
    public static void Write(Message message, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        var segment = new SegmentWriter(stackalloc byte[Usual], message.Edition);
        try
        {
            Segment(ref segment, message);
            FrameWriter.Write(output, segment.Written);
        }
        finally
        {
            segment.Return();
        }
    }

    /// <summary>The whole frame, <c>##</c> to CR LF.</summary>
    /// <exception cref="ArgumentException">A text holds a separator, or the segment is longer than four digits can say.</exception>
    public static byte[] ToBytes(Message message)
    {
        var output = new ArrayBufferWriter<byte>(256);
        Write(message, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The segment alone, however long: what is too long for a frame is split.</summary>
    internal static byte[] ToSegment(Message message)
    {
        var segment = new SegmentWriter(stackalloc byte[Usual], message.Edition);
        try
        {
            Segment(ref segment, message);
            return segment.Written.ToArray();
        }
        finally
        {
            segment.Return();
        }
    }

    /// <summary>The Flag of a message: version, splitting, wish for an answer. Null where 2005 has none.</summary>
    public static int? Flag(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var flag = ((int)message.Edition << 2) | (message.Pnum is null ? 0 : 2) | (message.WantsReply ? 1 : 0);
        if (message.Edition != Edition.V2005 || flag != 0) return flag;
        var bare = message.Role is MessageRole.Upload or MessageRole.ReplyData || message.Command is CommandCode.ExecutionReply or CommandCode.DataReply;
        return bare ? null : flag;
    }

    private static void Segment(ref SegmentWriter segment, Message message)
    {
        Header(ref segment, message);
        segment.Raw("CP=&&"u8);
        if (QnInArea(message)) segment.Pair("QN="u8, message.Qn);
        message.Body.Write(ref segment);
        segment.Raw("&&"u8);
    }

    private static void Header(ref SegmentWriter segment, Message message)
    {
        if (!QnInArea(message)) segment.Field("QN="u8, message.Qn);
        segment.Field("ST="u8, message.St);
        segment.Field("CN="u8, message.Command);
        if (message.Edition != Edition.V2005 || message.Command != CommandCode.DataReply)
        {
            segment.Field("PW="u8, message.Pw);
            segment.Field("MN="u8, message.Mn);
        }
        if (Flag(message) is { } flag) segment.Field("Flag="u8, flag);
        if (message.Pnum is { } pnum) segment.Field("PNUM="u8, pnum);
        if (message.Pno is { } pno) segment.Field("PNO="u8, pno);
        if (message is { Edition: Edition.V2025, Resent: true }) segment.Raw("RF=1;"u8);
    }

    private static bool QnInArea(Message message) => message.Edition == Edition.V2005 && message.Role is not (MessageRole.Request or MessageRole.Notice);
}
