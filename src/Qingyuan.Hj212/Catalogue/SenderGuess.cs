using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Catalogue;

/// <summary>Which end sent a frame, judged by its content: for frames that were stored or pasted without their line. A session knows, and does not guess.</summary>
public static class SenderGuess
{
    /// <summary>The end from which the segment can be read with the least left over; the field where both fit or neither does.</summary>
    public static Sender Of(in SegmentHeader header, CommandCatalogue? catalogue = null) => Read(header, catalogue).Message is null ? Sender.Field : Best(header, catalogue).Sender;

    /// <summary>The reading from the end guessed.</summary>
    public static MessageReading Read(in SegmentHeader header, CommandCatalogue? catalogue = null) => Best(header, catalogue).Reading;

    private static (Sender Sender, MessageReading Reading) Best(in SegmentHeader header, CommandCatalogue? catalogue)
    {
        var (field, host) = (MessageReader.Read(header, Sender.Field, catalogue), MessageReader.Read(header, Sender.Host, catalogue));
        return Quality(host) > Quality(field) ? (Sender.Host, host) : (Sender.Field, field);
    }

    private static int Quality(MessageReading reading) => reading switch
    {
        { Message: not null } => 1_000_000 - reading.LeftOver.Count,
        { Spec: not null } => 0,
        _ => -1,
    };
}
