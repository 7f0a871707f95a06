using System.Buffers;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Commands;

/// <summary>Writes the replies (应答) to a frame, in the frame's own edition.</summary>
/// <remarks>
/// 2017 and 2025: ST=91 and the same QN, PW and MN as the frame answered, as they were sent; Flag 4 and 8.
/// 2005: the QN stands inside the data area, and 9014 also names the CN and part it answers, without PW and MN.
/// A frame without QN is answered without QN. The header must be of a frame that is still in its buffer; the reply is a copy.
/// </remarks>
public static class Replies
{
    /// <summary>9014 (数据应答): the data are kept. Send it only when they are.</summary>
    public static void WriteDataReply(IBufferWriter<byte> output, in SegmentHeader answered)
    {
        if (answered.Edition != Edition.V2005)
        {
            WriteModern(output, answered, CommandCode.DataReply, default, 0);
            return;
        }
        var segment = new SegmentText(stackalloc byte[SegmentText.Capacity]);
        segment.Add("ST=91;CN=9014;CP=&&"u8);
        segment.Pair("QN="u8, answered.Qn);
        segment.Pair("CN="u8, answered.Cn);
        segment.Pair("PNO="u8, answered.Pno);
        segment.Pair("PNUM="u8, answered.Pnum);
        segment.Close(output);
    }

    /// <summary>9013 (通知应答): the notice has arrived.</summary>
    public static void WriteNoticeReply(IBufferWriter<byte> output, in SegmentHeader answered) =>
        Write(output, answered, CommandCode.NoticeReply, default, 0);

    /// <summary>9011 (请求应答): whether the request will be carried out.</summary>
    public static void WriteRequestReply(IBufferWriter<byte> output, in SegmentHeader answered, RequestResult result) =>
        Write(output, answered, CommandCode.RequestReply, "QnRtn="u8, (int)result);

    /// <summary>9012 (执行结果): how the command ended.</summary>
    public static void WriteExecutionReply(IBufferWriter<byte> output, in SegmentHeader answered, ExecutionResult result) =>
        Write(output, answered, CommandCode.ExecutionReply, "ExeRtn="u8, (int)result);

    private static void Write(IBufferWriter<byte> output, in SegmentHeader answered, int command, ReadOnlySpan<byte> name, int value)
    {
        if (answered.Edition == Edition.V2005) Write2005(output, answered, command, name, value);
        else WriteModern(output, answered, command, name, value);
    }

    private static void WriteModern(IBufferWriter<byte> output, in SegmentHeader answered, int command, ReadOnlySpan<byte> name, int value)
    {
        var segment = new SegmentText(stackalloc byte[SegmentText.Capacity]);
        if (!answered.Qn.IsEmpty) segment.Field("QN="u8, answered.Qn);
        segment.Add("ST=91;"u8);
        segment.Field("CN="u8, command);
        segment.Field("PW="u8, answered.Pw);
        segment.Field("MN="u8, answered.Mn);
        segment.Add(answered.Edition == Edition.V2025 ? "Flag=8;CP=&&"u8 : "Flag=4;CP=&&"u8);
        if (!name.IsEmpty) segment.Pair(name, value);
        segment.Close(output);
    }

    private static void Write2005(IBufferWriter<byte> output, in SegmentHeader answered, int command, ReadOnlySpan<byte> name, int value)
    {
        var segment = new SegmentText(stackalloc byte[SegmentText.Capacity]);
        segment.Add("ST=91;"u8);
        segment.Field("CN="u8, command);
        segment.Field("PW="u8, answered.Pw);
        segment.Field("MN="u8, answered.Mn);
        if (command != CommandCode.ExecutionReply) segment.Add("Flag=0;"u8); // 9012 has none in 2005
        segment.Add("CP=&&"u8);
        segment.Pair("QN="u8, answered.Qn);
        if (!name.IsEmpty) segment.Pair(name, value);
        segment.Close(output);
    }
}
