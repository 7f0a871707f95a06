using System.Buffers;
using System.Text;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;
using Qingyuan.Hj212.Segments;
using Qingyuan.Hj212.Splitting;

namespace Qingyuan.Hj212.Tests.Splitting;

public class SplittingTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(8));
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    // HJ 212-2017 C.49.
    private const string First = "QN=20160801085857534;ST=32;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=6;PNUM=2;PNO=1;CP=&&DataTime=20160801080000;w00000-Cou=63.0,w00000-Min=16.4,w00000-Avg=17.5,w00000-Max=20.1,w00000-Flag=N;w01001-Min=7.1,w01001-Avg=7.5,w01001-Max=7.8,w01001-Flag=N&&";
    private const string Second = "QN=20160801085857535;ST=32;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=6;PNUM=2;PNO=2;CP=&&DataTime=20160801080000;w01018-Cou=63.0,w01018-Min=40.1,w01018-Avg=40.1,w01018-Max=40.1,w01018-Flag=N&&";

    [Fact]
    public void The_example_of_the_standard_is_joined_whatever_comes_first()
    {
        foreach (var order in (string[][])[[First, Second], [Second, First]])
        {
            var joiner = new PacketJoiner<string>(Window);
            Assert.Equal(JoinState.Waiting, Add(joiner, order[0], out _));
            Assert.Equal(JoinState.Whole, Add(joiner, order[1], out var whole));
            Assert.Equal([First, Second], whole!.Parts);
            Assert.Empty(whole.Missing);
            Assert.Equal(
                "DataTime=20160801080000;w00000-Cou=63.0,w00000-Min=16.4,w00000-Avg=17.5,w00000-Max=20.1,w00000-Flag=N;w01001-Min=7.1,w01001-Avg=7.5,w01001-Max=7.8,w01001-Flag=N;w01018-Cou=63.0,w01018-Min=40.1,w01018-Avg=40.1,w01018-Max=40.1,w01018-Flag=N",
                Encoding.UTF8.GetString(whole.Area));
            Assert.Null(joiner.DueAt);
        }
    }

    [Fact]
    public void What_does_not_come_within_the_window_is_named()
    {
        var joiner = new PacketJoiner<string>(Window);
        Add(joiner, Second, out _);
        Assert.Empty(joiner.Tick(Start.AddSeconds(29)));
        var ended = Assert.Single(joiner.Tick(Start.AddSeconds(30)));
        Assert.Equal([1], ended.Missing);
        Assert.Equal([Second], ended.Parts);
        Assert.Empty(joiner.Tick(Start.AddSeconds(90)));
    }

    [Fact]
    public void A_part_again_is_a_repeat_and_with_other_bytes_a_contradiction_and_the_first_stands()
    {
        var joiner = new PacketJoiner<string>(Window);
        Add(joiner, First, out _);
        Assert.Equal(JoinState.Repeat, Add(joiner, First, out _));
        Assert.Equal(JoinState.Contradiction, Add(joiner, First.Replace("17.5", "99.9", StringComparison.Ordinal), out _));
        Add(joiner, Second, out var whole);
        Assert.Contains("w00000-Avg=17.5", Encoding.UTF8.GetString(whole!.Area), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PNUM=2;PNO=3;")]
    [InlineData("PNUM=2;PNO=0;")]
    [InlineData("PNUM=1;PNO=1;")]
    [InlineData("")]
    public void What_cannot_be_a_part_is_none(string parts) =>
        Assert.Equal(JoinState.NotAPart, Add(new(Window), First.Replace("PNUM=2;PNO=1;", parts, StringComparison.Ordinal), out _));

    [Fact]
    public void Its_memory_is_bounded_and_the_oldest_is_told()
    {
        var joiner = new PacketJoiner<string>(Window, mostOpen: 3, mostBytes: 10_000);
        for (var hour = 0; hour < 10; hour++) Add(joiner, First.Replace("20160801080000", $"201608010{hour}0000", StringComparison.Ordinal), out _, Start.AddSeconds(hour));
        Assert.Equal(7, joiner.Tick(Start.AddSeconds(10)).Count);
        Assert.Equal(3, joiner.Tick(Start.AddHours(1)).Count);
    }

    [Fact]
    public void A_message_that_fits_is_one_frame_without_numbers()
    {
        var frame = Assert.Single(MessageSplitter.Split(Big(3), () => throw new InvalidOperationException())!);
        Assert.DoesNotContain("PNUM", Encoding.UTF8.GetString(frame), StringComparison.Ordinal);
    }

    [Fact]
    public void One_object_alone_too_long_cannot_be_sent() =>
        Assert.Null(MessageSplitter.Split(Message(new Measurements(At, [new("a34013", [new("Rtd", new string('9', 1000))])])), Qn()));

    [Fact]
    public void Any_message_is_cut_to_what_fits_and_joined_to_what_it_was() =>
        // 200 bytes hold a header, DataTime and one object; less cannot be split at all.
        Gen.Select(Gen.Int[1, 400], Gen.Int[200, 1024], Gen.Int[0, 1 << 20]).Sample(
            (factors, longest, seed) =>
            {
                var message = Big(factors);
                var frames = MessageSplitter.Split(message, Qn(), longest)!;
                var segments = frames.Select(Segment).ToArray();
                var whole = MessageWriter.ToSegment(message);
                if (segments.Any(segment => segment.Length > longest)) return false;
                if (segments.Length is 1) return segments[0].SequenceEqual(whole);
                new Random(seed).Shuffle(segments);
                var joiner = new PacketJoiner<int>(Window, mostBytes: 1 << 24);
                JoinedMessage<int>? joined = null;
                foreach (var segment in segments)
                {
                    Assert.True(SegmentHeader.TryParse(segment, out var part, out _));
                    joiner.Add(part, 0, Start, out joined);
                }

                Assert.True(SegmentHeader.TryParse(whole, out var header, out _));
                return joined is not null && header.Area.SequenceEqual(joined.Area);
            },
            iter: 200);

    [Fact]
    public void A_log_text_with_separators_and_Chinese_is_never_torn()
    {
        var items = Enumerable.Range(0, 30).Select(at => new InformationItem("i11001", $"第{at}条：仪器启动;自检，正常", true)).ToArray();
        Assert.True(CommandCatalogue.Default.TryFind(3020, Edition.V2017, Sender.Field, out var spec));
        var message = Hj212.Messages.Message.Of(spec, new Information(At, null, [.. items])) with { Qn = "20260301080000000", St = "32", Pw = "123456", Mn = "010000A8900016F000169DC0" };
        var read = new List<InformationItem>();
        foreach (var frame in MessageSplitter.Split(message, Qn())!)
        {
            var segment = Segment(frame);
            Assert.True(segment.Length <= FrameLimits.Legal);
            read.AddRange(((Information)MessageReader.Read(segment, Sender.Field).Message!.Body).Items);
        }

        Assert.Equal(items, read);
    }

    private static DateTime At => new(2026, 3, 1, 8, 0, 0);

    private static Message Big(int factors) => Message(new Measurements(At, [.. Enumerable.Range(0, factors).Select(at => new FactorReport($"w{at:00000}", [new("Avg", $"{at}.25")]) { Flag = "N" })]));

    private static Message Message(Body body)
    {
        Assert.True(CommandCatalogue.Default.TryFind(2061, Edition.V2017, Sender.Field, out var spec));
        return Hj212.Messages.Message.Of(spec, body) with { Qn = "20260301080000000", St = "32", Pw = "123456", Mn = "010000A8900016F000169DC0" };
    }

    private static Func<string> Qn()
    {
        var number = 0;
        return () => FrameBuilder.QnAt(At.AddMilliseconds(++number));
    }

    private static byte[] Segment(byte[] frame)
    {
        var buffer = new ReadOnlySequence<byte>(frame);
        Assert.Equal(FrameStatus.Complete, FrameCutter.TryCut(ref buffer, out var cut));
        return cut.SegmentSpan([]).ToArray();
    }

    private static JoinState Add(PacketJoiner<string> joiner, string segment, out JoinedMessage<string>? whole, DateTimeOffset? at = null)
    {
        Assert.True(SegmentHeader.TryParse(Encoding.UTF8.GetBytes(segment), out var header, out _));
        return joiner.Add(header, segment, at ?? Start, out whole);
    }
}
