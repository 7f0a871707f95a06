using System.Buffers;
using System.Text;
using Qingyuan.Hj212.Explaining;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Inspection;
using Qingyuan.Hj212.Tests.Frames;

namespace Qingyuan.Hj212.Tests.Explaining;

public class FrameExplanationTests
{
    private const string Realtime = "QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801085857;w01018-SampleTime=20160801070000,w01018-Rtd=2.2,w01018-Flag=D&&";

    [Fact]
    public void Every_example_is_explained_whole_and_without_a_fault()
    {
        foreach (var line in ExampleFrames.All.Where(line => !line.Contains("DataTime=20160824003817000", StringComparison.Ordinal)))
        {
            var frame = Assert.Single(FrameExplanation.Of(ExampleFrames.Bytes(line)));
            Assert.True(frame.Accepted && frame.Message is not null, line);
            Assert.All(frame.Pieces, piece => Assert.True(piece.Meaning.Zh.Length > 0 && piece.Meaning.En.Length > 0 && piece.Clause.Length > 0 && piece.Faults.Count == 0, $"{line} {piece}"));
            Covers([frame], ExampleFrames.Bytes(line));
            Assert.DoesNotContain(frame.Pieces, piece => piece.Meaning.En.Contains("does not have", StringComparison.Ordinal) || piece.Meaning.En.Contains("not in the table", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("QN=", "请求编码：2016-08-01 08:58:57.223", "Request id: 2016-08-01 08:58:57.223")]
    [InlineData("ST=", "系统编码：地表水体环境污染源", "System: source polluting surface water")]
    [InlineData("CN=", "命令编码：上传实时数据", "Command: Real-time data")]
    [InlineData("Flag=", "标志：2017 版，要求应答，不拆分", "Flag: edition 2017, wants an answer, not split")]
    [InlineData("DataTime=", "数据时间：2016-08-01 08:58:57", "Data time: 2016-08-01 08:58:57")]
    [InlineData("w01018-SampleTime=", "化学需氧量，采样时间：2016-08-01 07:00:00", "COD (chemical oxygen demand), sampling time: 2016-08-01 07:00:00")]
    [InlineData("w01018-Rtd=", "化学需氧量，实时值：2.2 mg/L", "COD (chemical oxygen demand), real-time value: 2.2 mg/L")]
    [InlineData("w01018-Flag=", "化学需氧量，数据标记：D 监测仪器故障", "COD (chemical oxygen demand), data mark: D, instrument fault")]
    public void A_piece_says_in_both_languages_what_its_bytes_mean(string raw, string zh, string en)
    {
        var frame = Assert.Single(FrameExplanation.Of(Packet(Realtime)));
        Assert.Equal(new(zh, en), Assert.Single(frame.Pieces, piece => piece.Raw.StartsWith(raw, StringComparison.Ordinal)).Meaning);
        Assert.Equal("Edition 2017, from the field: Real-time data (2011), MN 010000A8900016F000169DC0", frame.Summary.En);
    }

    [Fact]
    public void A_fault_stands_at_the_piece_it_lies_in()
    {
        var frame = Assert.Single(FrameExplanation.Of(Packet(Realtime.Replace("Rtd=2.2", "Rtd=2.25", StringComparison.Ordinal).Replace("MN=0100", "MN=010", StringComparison.Ordinal))));
        var faulty = frame.Pieces.Where(piece => piece.Faults.Count > 0).ToArray();
        Assert.Equal(["MnFormat", "ValueFormat"], faulty.SelectMany(piece => piece.Faults).Select(fault => fault.Rule));
        Assert.StartsWith("MN=", faulty[0].Raw, StringComparison.Ordinal);
        Assert.StartsWith("w01018-Rtd=", faulty[1].Raw, StringComparison.Ordinal);
        Assert.All(faulty, piece => Assert.NotEqual(piece.Faults[0].Text.Zh, piece.Faults[0].Text.En));
    }

    [Fact]
    public void A_wrong_check_value_tells_the_right_one()
    {
        var bytes = Packet(Realtime);
        bytes[^3] ^= 1;
        var frame = Assert.Single(FrameExplanation.Of(bytes));
        Assert.False(frame.Accepted);
        Assert.Null(frame.Message);
        var check = Assert.Single(frame.Pieces, piece => piece.Kind == PieceKind.CheckValue);
        Assert.Contains(Crc16.Compute(Encoding.UTF8.GetBytes(Realtime)).ToString("X4", System.Globalization.CultureInfo.InvariantCulture), check.Meaning.En, StringComparison.Ordinal);
        Assert.Equal("CrcMismatch", Assert.Single(check.Faults).Rule);
    }

    [Fact]
    public void Rubbish_blanks_and_several_frames_are_told_apart()
    {
        byte[] bytes = [.. "rubbish"u8, .. ExampleFrames.Bytes(ExampleFrames.All[0]), .. "\r\n "u8, .. ExampleFrames.Bytes(ExampleFrames.All[1]), .. "##01"u8];
        var frames = FrameExplanation.Of(bytes);
        Assert.Equal([PieceKind.Rubbish, PieceKind.Head, PieceKind.Blank, PieceKind.Head, PieceKind.Rubbish], frames.Select(frame => frame.Pieces[0].Kind));
        Assert.Equal(["NoHeader", "Truncated"], frames.SelectMany(frame => frame.Pieces).SelectMany(piece => piece.Faults).Select(fault => fault.Rule));
        Covers(frames, bytes);
    }

    [Fact]
    public void Any_bytes_are_explained_to_the_last_one_and_every_violation_is_shown()
    {
        var example = Gen.Int[0, ExampleFrames.All.Count - 1].Select(number => ExampleFrames.Bytes(ExampleFrames.All[number]));
        var damaged = Gen.Select(example, Gen.Int[0, 10_000], Gen.Byte, (frame, at, octet) =>
        {
            frame[at % frame.Length] = octet;
            return frame;
        });
        Gen.OneOf(Gen.Byte.Array[0, 120], damaged, Gen.Select(damaged, example, Gen.Byte.Array[0, 9], (first, second, between) => (byte[])[.. first, .. between, .. second])).Sample(bytes =>
        {
            var frames = FrameExplanation.Of(bytes);
            Covers(frames, bytes);
            var rest = new ReadOnlySequence<byte>(bytes);
            var violations = new List<string>();
            while (FrameCutter.TryCut(ref rest, out var cut, LineState.Ended) != FrameStatus.Incomplete) violations.AddRange(StrictCheck.Of(cut).Select(one => one.Rule));
            Assert.Equal(violations.Order(StringComparer.Ordinal), frames.SelectMany(frame => frame.Pieces).SelectMany(piece => piece.Faults).Select(fault => fault.Rule).Order(StringComparer.Ordinal));
        }, iter: 5_000);
    }

    private static void Covers(IReadOnlyList<ExplainedFrame> frames, byte[] bytes)
    {
        var at = 0;
        foreach (var piece in frames.SelectMany(frame => frame.Pieces))
        {
            Assert.Equal(at, piece.Offset);
            Assert.True(piece.Length > 0);
            at += piece.Length;
        }
        Assert.Equal(bytes.Length, at);
        Assert.Equal(bytes.Length, frames.Sum(frame => frame.Length));
    }

    private static byte[] Packet(string segment)
    {
        var output = new ArrayBufferWriter<byte>();
        FrameWriter.Write(output, Encoding.UTF8.GetBytes(segment));
        return output.WrittenSpan.ToArray();
    }
}
