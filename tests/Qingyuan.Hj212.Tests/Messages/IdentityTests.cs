using System.Buffers;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Inspection;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Segments;
using Qingyuan.Hj212.Tests.Frames;
using Qingyuan.Hj212.Tests.Framing;

namespace Qingyuan.Hj212.Tests.Messages;

/// <summary>What must hold for any frame: nothing is lost on the way there and back, and damage does not pass for another meaning.</summary>
public class IdentityTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char["abcXYZ019._温度"], 1, 12];

    private static readonly Gen<DecodedField> Field =
        Gen.Select(Word, Gen.OneOf(Gen.Const(""), Word.Select(suffix => "-" + suffix)), Gen.String[Gen.Char["0123456789.-N=清 /&#"], 0, 14].Where(text => !text.StartsWith("//", StringComparison.Ordinal)), Gen.Char[";,"],
            (name, suffix, value, separator) => new DecodedField(name + suffix, value, separator));

    private static readonly Gen<DecodedFrame> Frame = Gen.Select(
        Field.List[0, 30], Gen.Int[0, 11], Gen.Int[1000, 9999], Word, Word,
        (fields, flag, command, pw, mn) => new DecodedFrame(
            (Edition)(flag / 4), "20240601085857223", "32", $"{command}", pw, mn, (byte)flag, (flag & 2) != 0 ? 3 : null, (flag & 2) != 0 ? 1 : null, null, "",
            [.. fields.Select((field, at) => at == 0 ? field with { Separator = null } : field)], []));

    [Fact]
    public void Decoding_what_was_encoded_gives_what_was_encoded() => Frame.Sample(frame =>
    {
        var decoded = FrameDecoder.Decode(FrameEncoder.Encode(frame)).Frame!;
        Assert.Equal(frame.Fields, decoded.Fields);
        Assert.True(SameHeader(frame, decoded));
        Assert.DoesNotContain(decoded.Notes, note => note != nameof(FrameNotes.LongSegment));
    }, iter: 5_000);

    [Fact]
    public void Any_splitting_of_any_messages_gives_the_same_messages()
    {
        var message = Gen.Int[0, CommandCatalogue.Default.All.Count - 1].SelectMany(number =>
        {
            var spec = CommandCatalogue.Default.All[number];
            return Bodies.For(spec.Shape).Select(body => MessageWriter.ToBytes(Message.Of(spec, body) with { Qn = "20240601085857223", St = "32", Pw = "123456", Mn = "1" }));
        });
        Gen.Select(message.List[1, 6], Gen.Int[0, 20_000].List[0, 12]).Sample((frames, places) =>
        {
            byte[] glued = [.. frames.SelectMany(frame => frame)];
            var results = FrameStream.Cut(FrameStream.Split(glued, places));
            Assert.Equal(frames.Select(Convert.ToHexString), results.Select(result => result.Frame));
        }, iter: 2_000);
    }

    [Fact]
    public void No_single_changed_byte_ever_passes_for_another_meaning_without_a_note()
    {
        var (changed, noted) = (0, 0);
        foreach (var line in ExampleFrames.All)
        {
            var frame = ExampleFrames.Bytes(line);
            var segment = frame[6..^6];
            for (var at = 0; at < frame.Length; at++)
            {
                var right = frame[at];
                for (var value = 0; value < 256; value++)
                {
                    if (value == right) continue;
                    frame[at] = (byte)value;
                    changed++;
                    var rest = new ReadOnlySequence<byte>(frame);
                    while (FrameCutter.TryCut(ref rest, out var cut, LineState.Ended) is var status and not FrameStatus.Incomplete)
                    {
                        if (status != FrameStatus.Complete) continue;
                        if (cut.Notes != FrameNotes.None) noted++;
                        else Assert.True(cut.Segment.FirstSpan.SequenceEqual(segment), $"{line} byte {at} as {value}");
                    }
                }
                frame[at] = right;
            }
        }
        Assert.True(changed > 2_500_000 && noted > 0, $"{changed} changed, {noted} noted");
    }

    private static bool SameHeader(DecodedFrame left, DecodedFrame right) =>
        (left.Edition, left.Qn, left.St, left.Cn, left.Pw, left.Mn, left.Flag, left.Pnum, left.Pno, left.Rf) ==
        (right.Edition, right.Qn, right.St, right.Cn, right.Pw, right.Mn, right.Flag, right.Pnum, right.Pno, right.Rf);
}
