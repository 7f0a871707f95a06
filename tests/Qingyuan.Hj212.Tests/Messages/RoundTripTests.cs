using System.Buffers;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Inspection;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Tests.Messages;

/// <summary>Typed, bytes, typed again: for every row of the catalogue, so a command that cannot make the way is red.</summary>
public class RoundTripTests
{
    private static readonly CommandCatalogue Catalogue = new(new() { SampleReport2025 = 3023 });

    public static TheoryData<int, Edition, Sender> Rows => [.. Catalogue.All.Select(spec => (spec.Command, spec.Edition, spec.Sender))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_command_of_every_edition_comes_back_as_it_was_written(int command, Edition edition, Sender sender)
    {
        Assert.True(Catalogue.TryFind(command, edition, sender, out var spec));
        Messages(spec).Sample(message =>
        {
            var cut = Cut(MessageWriter.ToBytes(message));
            Assert.Equal(FrameNotes.None, cut.Notes);
            var reading = MessageReader.Read(cut.Segment.ToArray(), sender, Catalogue);
            Assert.Null(reading.Refusal);
            Assert.Equal(message, reading.Message);
            Assert.Same(spec, reading.Spec);
            Assert.Empty(reading.LeftOver);
        }, iter: 100, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Without_a_required_field_it_is_refused_and_the_field_named(int command, Edition edition, Sender sender)
    {
        Assert.True(Catalogue.TryFind(command, edition, sender, out var spec));
        var frame = FrameDecoder.Decode(MessageWriter.ToBytes(Messages(spec).Single(_ => true, "0000KOIPe5G1"))).Frame!;
        foreach (var field in spec.Fields.Where(field => field.Required))
        {
            var cut = Cut(FrameEncoder.Encode(frame with { Fields = [.. frame.Fields.Where(one => one.Name != field.Name && !(field.Name[0] == '-' && one.Name.EndsWith(field.Name, StringComparison.Ordinal)))] }));
            var reading = MessageReader.Read(cut.Segment.ToArray(), sender, Catalogue);
            Assert.Equal(new(field.Name, MessageRefusalReason.Missing, null), reading.Refusal);
        }
    }

    /// <summary>A message of the row with everything in its header that the edition can say.</summary>
    private static Gen<Message> Messages(MessageSpec spec) =>
        Gen.Select(Bodies.For(spec.Shape), Gen.Bool, Gen.Bool, Gen.Bool, (body, wants, split, resent) => Message.Of(spec, body) with
        {
            Qn = "20240601085857223", St = spec.Role == MessageRole.Reply ? "91" : "32",
            Pw = IsBare(spec) ? null : "123456", Mn = IsBare(spec) ? null : spec.Edition == Edition.V2005 ? "88888880000001" : "010000A8900016F000169DC0",
            WantsReply = spec.Role != MessageRole.Reply && wants,
            Pnum = split && spec.Role == MessageRole.Upload ? 3 : null, Pno = split && spec.Role == MessageRole.Upload ? 2 : null,
            Resent = resent && spec.Edition == Edition.V2025 && spec.Role == MessageRole.Upload,
        });

    /// <summary>9014 of 2005 has neither PW nor MN.</summary>
    private static bool IsBare(MessageSpec spec) => spec is { Edition: Edition.V2005, Command: CommandCode.DataReply };

    private static FrameCut Cut(byte[] frame)
    {
        var buffer = new ReadOnlySequence<byte>(frame);
        Assert.Equal(FrameStatus.Complete, FrameCutter.TryCut(ref buffer, out var cut));
        Assert.True(buffer.IsEmpty);
        return cut;
    }
}
