using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Dictionaries;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Inspection;

/// <summary>The frame against its row of the command catalogue: is there such a command, has it what it needs, and nothing else.</summary>
/// <remarks>Only rows two sources agree on are held against a frame, which leaves 2017 whole and little of the others.</remarks>
internal static class StrictCommand
{
    private const string Commands = "HJ 212-2017 表9";
    private const string Exchange = "HJ 212-2017 6.5";

    public static void Check(ReadOnlySpan<byte> frame, in SegmentHeader header, List<Violation> found)
    {
        var (code, area) = (StrictHeader.Offset(frame, header.Cn), StrictHeader.Offset(frame, header.Area, frame.Length));
        Reply(frame, header, found);
        var reading = SenderGuess.Read(header);
        if (reading.Spec is not { } spec || spec.Edition != header.Edition)
        {
            if (header.Edition == Edition.V2017) found.Add(new(code, "UnknownCommand", Commands));
            return;
        }
        if (spec.Confidence != Confidence.Confirmed) return;
        if (reading.Refusal is { Reason: Messages.MessageRefusalReason.Missing }) found.Add(new(area, "FieldMissing", spec.Clause));
        foreach (var name in reading.LeftOver)
            if (name != "Flag") found.Add(new(Place(frame, header, name, area), "FieldNotOfCommand", spec.Clause));
    }

    /// <summary>9011 to 9014 have ST=91 and a Flag of their edition without any bit; everything else has the ST of what is monitored.</summary>
    private static void Reply(ReadOnlySpan<byte> frame, in SegmentHeader header, List<Violation> found)
    {
        var isReply = header.Command is CommandCode.RequestReply or CommandCode.ExecutionReply or CommandCode.NoticeReply or CommandCode.DataReply;
        if (isReply != header.St.SequenceEqual("91"u8)) found.Add(new(StrictHeader.Offset(frame, header.St), isReply ? "ReplySt" : "SystemOfReplies", Exchange));
        if (isReply && header.Edition != Edition.V2005 && (header.WantsReply || header.IsSplit)) found.Add(new(StrictHeader.Offset(frame, header.Cn), "ReplyFlag", Exchange));
    }

    private static int Place(ReadOnlySpan<byte> frame, in SegmentHeader header, string name, int otherwise)
    {
        foreach (var item in new DataAreaReader(header.Area))
            if (WireText.Decode(item.Name) == name) return StrictHeader.Offset(frame, item.Name, otherwise);
        return otherwise;
    }
}
