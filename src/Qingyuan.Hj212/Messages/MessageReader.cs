using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Messages;

/// <summary>Segments to typed messages. Reads what can be read; how far that is from the standard, <see cref="Inspection.StrictCheck"/> says.</summary>
/// <remarks>Times with milliseconds are read to the second, separators are not minded, <c>Ctime</c> is <c>CTime</c>. Allocates: the intake of floods stays with <see cref="DataAreaReader"/>.</remarks>
public static class MessageReader
{
    /// <summary>Reads a segment whose check value has been found right.</summary>
    /// <param name="segment">The data segment.</param>
    /// <param name="sender">The end it came from.</param>
    /// <param name="catalogue">Defaults to <see cref="CommandCatalogue.Default"/>.</param>
    public static MessageReading Read(ReadOnlySpan<byte> segment, Sender sender, CommandCatalogue? catalogue = null) =>
        SegmentHeader.TryParse(segment, out var header, out var why)
            ? Read(header, sender, catalogue)
            : new(null, new(why == SegmentRejection.NoCommand ? "CN" : "CP", MessageRefusalReason.Missing, null), null, []);

    /// <summary>Reads a segment whose header has been read already.</summary>
    /// <param name="header">The header, with its data area in clear.</param>
    /// <param name="sender">The end it came from.</param>
    /// <param name="catalogue">Defaults to <see cref="CommandCatalogue.Default"/>.</param>
    public static MessageReading Read(in SegmentHeader header, Sender sender, CommandCatalogue? catalogue = null)
    {
        MessageReading? refused = null;
        foreach (var spec in (catalogue ?? CommandCatalogue.Default).Candidates(header.Command, header.Edition, sender))
        {
            var reading = Read(header, spec);
            if (reading.Message is not null && (refused is null || reading.LeftOver.Count == 0)) return reading; // another meaning only if it fits without a rest
            refused ??= reading; // what its own edition says of it
        }
        return refused ?? new(null, new("CN", MessageRefusalReason.UnknownCommand, WireText.Decode(header.Cn)), null, []);
    }

    private static MessageReading Read(in SegmentHeader header, MessageSpec spec)
    {
        var area = new AreaFields(header.Area);
        var body = spec.Shape.Read(ref area);
        if (area.Refusal is { } refusal) return new(null, refusal, spec, []);
        var message = new Message(header.Edition, header.Command, spec.Role, body)
        {
            Qn = Text(header.Qn), St = Text(header.St), Pw = Text(header.Pw), Mn = Text(header.Mn),
            WantsReply = header.WantsReply, Pnum = header.Pnum, Pno = header.Pno, Resent = header.Rf == 1,
        };
        return new(message, null, spec, LeftOver(header, spec.Shape));
    }

    private static List<string> LeftOver(in SegmentHeader header, BodyShape shape)
    {
        var names = new List<string>();
        foreach (var item in new DataAreaReader(header.Area))
        {
            var name = WireText.Decode(item.Name);
            if (shape.Takes(name, WireText.Decode(item.Suffix)) || (header.QnInArea && name == "QN")) continue;
            names.Add(name);
        }
        return names;
    }

    private static string? Text(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? null : WireText.Decode(bytes);
}
