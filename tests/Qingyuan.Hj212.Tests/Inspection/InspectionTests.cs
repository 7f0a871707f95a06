using System.Buffers;
using System.Globalization;
using System.Text;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Inspection;
using Qingyuan.Hj212.Segments;
using Qingyuan.Hj212.Tests.Frames;

namespace Qingyuan.Hj212.Tests.Inspection;

public class InspectionTests
{
    [Fact]
    public void Decoding_and_encoding_again_gives_the_same_bytes()
    {
        foreach (var line in ExampleFrames.All)
            Assert.Equal(line + "\r\n", Encoding.UTF8.GetString(FrameEncoder.Encode(FrameDecoder.Decode(ExampleFrames.Bytes(line)).Frame!)));
    }

    [Fact]
    public void The_usual_separators_are_guessed_where_none_is_told()
    {
        var frame = FrameDecoder.Decode(ExampleFrames.Bytes(ExampleFrames.All.First(line => line.Contains("w01018-EFlag", StringComparison.Ordinal)))).Frame!;
        var untold = frame with { Fields = [.. frame.Fields.Select(field => field with { Separator = null })] };
        Assert.Equal(FrameEncoder.Encode(frame), FrameEncoder.Encode(untold));
    }

    [Fact]
    public void The_standard_allows_its_own_examples()
    {
        foreach (var line in ExampleFrames.All.Where(line => !line.Contains("DataTime=20160824003817000", StringComparison.Ordinal))) Assert.Empty(Violations(line + "\r\n"));
    }

    [Theory]
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=88888880000001;Flag=5;CP=&&&&", "MnFormat", "88888880000001")]
    [InlineData("QN=20160801085857;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&&&", "QnFormat", "20160801085857")]
    [InlineData("QN=20160801085857223;ST=9130;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&&&", "StFormat", "9130")]
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=12345678;MN=010000A8900016F000169DC0;Flag=5;CP=&&&&", "PwFormat", "12345678")]
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=7;CP=&&&&", "SplitFormat", "2011")]
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=7;PNUM=2;PNO=3;CP=&&&&", "PnoFormat", "2011")]
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&LA-td=50.1&&", "UnknownName", "LA-td")]
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&a34001-Rtd=9;Flag=N&&", "PlainFlag", "Flag=N")]
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&LA-Rtd=50.1;&&", "EmptyItem", "LA-Rtd")]
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801085857000&&", "TimeFormat", "DataTime")]
    [InlineData("ST=32;QN=20160801085857223;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&&&", "Order", "2011")]
    public void The_strict_verdict_names_the_rule_and_the_place(string segment, string rule, string at)
    {
        var output = new ArrayBufferWriter<byte>();
        FrameWriter.Write(output, Encoding.UTF8.GetBytes(segment));
        var packet = Encoding.UTF8.GetString(output.WrittenSpan);
        var violation = Assert.Single(Violations(packet), one => one.Rule == rule);
        Assert.StartsWith(at, packet[violation.Offset..], StringComparison.Ordinal);
        Assert.StartsWith("HJ 212-2017", violation.Clause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "NoHeader", 0)]
    [InlineData("hello", "NoHeader", 0)]
    [InlineData("##0009CP=&&&&&&FFFF\r\n", "CrcMismatch", 15)]
    [InlineData("##01", "Truncated", 4)]
    public void A_refusal_says_why_and_where(string text, string why, int at) =>
        Assert.Equal(new(null, why, at), FrameDecoder.Decode(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_segment_without_command_or_area_is_refused()
    {
        Assert.False(SegmentHeader.TryParse("QN=1;ST=32;CP=&&&&"u8, out _, out var why));
        Assert.Equal(SegmentRejection.NoCommand, why);
        Assert.False(SegmentHeader.TryParse("QN=1;ST=32;CN=2011"u8, out _, out why));
        Assert.Equal(SegmentRejection.NoDataArea, why);
    }

    [Fact]
    public void Every_code_has_a_sentence_in_both_languages()
    {
        string[] codes =
        [
            .. Enum.GetNames<FrameNotes>(), .. Enum.GetNames<HeaderNotes>(), .. Enum.GetNames<FrameRejection>(), .. Enum.GetNames<SegmentRejection>(),
            FrameDecoder.GbkNote, "QnFormat", "StFormat", "CnFormat", "PwFormat", "MnFormat", "SplitFormat", "PnoFormat", "AreaTooLong", "EmptyItem", "NoNameOrValue", "PlainFlag", "UnknownName", "TimeFormat",
        ];
        foreach (var code in codes.Where(code => code != "None"))
        {
            var (zh, en) = (NoteTexts.Of(code, new CultureInfo("zh-CN")), NoteTexts.Of(code, new CultureInfo("en")));
            Assert.True(zh != code && en != code && zh != en, code);
        }
    }

    private static IReadOnlyList<Violation> Violations(string packet)
    {
        var buffer = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(packet));
        Assert.Equal(FrameStatus.Complete, FrameCutter.TryCut(ref buffer, out var cut));
        return StrictCheck.Of(cut);
    }
}
