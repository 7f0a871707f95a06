using System.Buffers;
using System.Text;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Tests.Frames;

namespace Qingyuan.Hj212.Tests.Framing;

public class FrameCutterTests
{
    private static readonly byte[] Glued = [.. ExampleFrames.All.SelectMany(ExampleFrames.Bytes)];
    private static readonly string[] Expected = [.. ExampleFrames.All.Select(line => Convert.ToHexString(ExampleFrames.Bytes(line)))];

    [Fact]
    public void Any_split_of_the_bytes_gives_the_same_frames() =>
        Gen.Int[0, 20_000].Array[0, 40].Sample(places =>
        {
            var results = FrameStream.Cut(FrameStream.Split(Glued, places));
            Assert.Equal(Expected, results.Select(one => one.Frame));
            Assert.All(results, one => Assert.Equal(FrameNotes.None, one.Notes));
        }, iter: 300);

    [Fact]
    public void One_byte_at_a_time_gives_the_same_frames() =>
        Assert.Equal(Expected, FrameStream.Cut(FrameStream.Split(Glued, Enumerable.Range(0, Glued.Length))).Select(one => one.Frame));

    /// <summary>With rubbish between and damage inside, every split still decides alike: only the sizes of skipped pieces may differ.</summary>
    [Fact]
    public void Any_split_of_damaged_bytes_gives_the_same_decisions() =>
        Gen.Select(Gen.Int[0, 76].Array[1, 6], Gen.Int[0, 100_000].Array[0, 12], Gen.Int[0, 3000].Array[0, 20], Gen.String[Gen.Char["#&\r\nACP=0"], 0, 12])
            .Sample((which, damage, places, rubbish) =>
            {
                byte[] bytes = [.. which.SelectMany(at => (byte[])[.. Encoding.UTF8.GetBytes(rubbish), .. ExampleFrames.Bytes(ExampleFrames.All[at])])];
                foreach (var at in damage) bytes[at % bytes.Length] = (byte)(at >> 3);
                var whole = Decisions(FrameStream.Cut([bytes]));
                Assert.Equal(whole, Decisions(FrameStream.Cut(FrameStream.Split(bytes, places))));
            }, iter: 3000);

    [Fact]
    public void Every_prefix_of_a_frame_is_incomplete_and_nothing_of_it_is_consumed()
    {
        var frame = ExampleFrames.Bytes(ExampleFrames.All[0]);
        for (var length = 0; length < frame.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(frame, 0, length);
            Assert.Equal(FrameStatus.Incomplete, FrameCutter.TryCut(ref buffer, out _));
            Assert.Equal(length, buffer.Length);
        }
    }

    [Fact]
    public void Any_bytes_are_consumed_to_the_end_without_an_exception() =>
        Gen.Byte.Array[0, 2000].Sample(bytes => Total(FrameStream.Cut([bytes])) <= bytes.Length, iter: 3000);

    [Fact]
    public void Bytes_of_the_protocols_own_alphabet_are_consumed_to_the_end() =>
        Gen.OneOf(Gen.Const("##"), Gen.Const("CP=&&"), Gen.Const("&&"), Gen.Const("\r\n"), Gen.Const("0087"), Gen.Const("9999"), Gen.Const("1C80"), Gen.Const("QN="), Gen.Const("#"), Gen.Const("&"))
            .Array[0, 200].Sample(words =>
            {
                var bytes = Encoding.UTF8.GetBytes(string.Concat(words));
                return Total(FrameStream.Cut([bytes])) <= bytes.Length;
            }, iter: 3000);

    /// <summary>Whatever comes, the peer can make us hold one window and no more.</summary>
    [Theory]
    [InlineData("##9999")]
    [InlineData("##8192")]
    [InlineData("##QN=")]
    [InlineData("##0400CP=&&&&0&&0&&0&&0&&0")]
    [InlineData("#")]
    [InlineData("\r\n")]
    [InlineData("rubbish")]
    public void Endless_bytes_never_pile_up(string start)
    {
        var limits = FrameLimits.Default;
        var held = new List<byte>();
        var chunk = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(start, 1 + (512 / start.Length))));
        foreach (var octets in (byte[][])[Encoding.ASCII.GetBytes(start), .. Enumerable.Repeat(Encoding.ASCII.GetBytes(new string('&', 500)), 60), .. Enumerable.Repeat(chunk, 60)])
        {
            held.AddRange(octets);
            var buffer = new ReadOnlySequence<byte>(held.ToArray());
            while (FrameCutter.TryCut(ref buffer, out _) != FrameStatus.Incomplete) { }
            held = [.. buffer.ToArray()];
            Assert.True(held.Count <= limits.Window, $"{held.Count} bytes are held");
        }
    }

    [Fact]
    public void An_encrypted_area_may_hold_any_byte()
    {
        byte[] segment = [.. "QN=20240520210700000;ST=31;CN=2051;PW=123456;MN=010000A8900016F000169DC0;Flag=9;CP=&&"u8, .. "\r\n#&&1C80\r\n\0\xFF"u8, .. "&&"u8];
        var output = new ArrayBufferWriter<byte>();
        FrameWriter.Write(output, segment);
        var results = FrameStream.Cut([output.WrittenMemory.ToArray()]);
        Assert.Equal(Convert.ToHexString(output.WrittenSpan), Assert.Single(results).Frame);
    }

    [Fact]
    public void A_wrong_check_value_keeps_the_shape_so_that_a_key_may_be_tried()
    {
        var buffer = new ReadOnlySequence<byte>(ExampleFrames.Bytes(ExampleFrames.All[0][..^4] + "FFFF"));
        Assert.Equal(FrameStatus.Rejected, FrameCutter.TryCut(ref buffer, out var cut));
        Assert.Equal((FrameRejection.CrcMismatch, 6, 107, 0xFFFF), (cut.Why, cut.SegmentStart, cut.SegmentLength, cut.ReceivedCrc));
    }

    [Fact]
    public void A_configured_limit_is_kept()
    {
        var results = FrameStream.Cut([ExampleFrames.Bytes(ExampleFrames.All[0])], limits: new FrameLimits(50));
        Assert.Equal(FrameRejection.LengthOverLimit, results[0].Why);
    }

    private static List<string> Decisions(List<FrameStream.Result> results) =>
        [.. results.Where(one => one.Status != FrameStatus.Skipped).Select(one => $"{one.Status} {one.Why} {one.Notes} {one.Frame}")];

    private static int Total(List<FrameStream.Result> results) => results.Sum(one => one.Frame.Length / 2);
}
