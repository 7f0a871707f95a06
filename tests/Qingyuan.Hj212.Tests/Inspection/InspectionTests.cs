using System.Buffers;
using System.Globalization;
using System.Text;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Inspection;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;
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
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801085857;w01018-Rtd=2.2,w01001-Rtd=7&&", "ItemSeparator", "w01001-Rtd")]
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801085857;w01018-Rtd=2.2;w01018-Flag=N&&", "ItemSeparator", "w01018-Flag")]
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801085857;w01018-Rtd=2.25&&", "ValueFormat", "w01018-Rtd")]
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801085857;w01018-Rtd=NaN&&", "ValueFormat", "w01018-Rtd")]
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801085857;w01018-Rtd=2.2,w01018-Flag=X&&", "UnknownCode", "w01018-Flag")]
    [InlineData("QN=20160801085857223;ST=32;CN=2021;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801085857;SB1-RS=6&&", "UnknownCode", "SB1-RS")]
    [InlineData("QN=20160801085857223;ST=32;CN=1062;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=29&&", "ValueRange", "RtdInterval")]
    [InlineData("QN=20160801085857223;ST=32;CN=1064;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&MinInterval=7&&", "ValueRange", "MinInterval")]
    [InlineData("QN=20160801085857223;ST=32;CN=3016;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&PolId=w01018;CstartTime=250000;CTime=2&&", "ValueFormat", "CstartTime")]
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801085857;AlarmType=1&&", "OtherEdition", "AlarmType")]
    [InlineData("QN=20160801085857223;ST=32;CN=2083;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&&&", "UnknownCommand", "2083")]
    [InlineData("QN=20160801085857223;ST=32;CN=2051;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&w01018-Avg=2.2&&", "FieldMissing", "w01018-Avg")]
    [InlineData("QN=20160801085857223;ST=32;CN=1062;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30;VaseNo=2&&", "FieldNotOfCommand", "VaseNo")]
    [InlineData("QN=20160801085857223;ST=32;CN=9014;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&&&", "ReplySt", "32")]
    [InlineData("QN=20160801085857223;ST=91;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801085857;LA-Rtd=50.1&&", "SystemOfReplies", "91")]
    [InlineData("QN=20160801085857223;ST=91;CN=9014;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&&&", "ReplyFlag", "9014")]
    [InlineData("QN=20160801085857223;ST=77;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&&&", "StRange", "77")]
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=13;CP=&&&&", "FlagVersion", "2011")]
    [InlineData("QN=20160801085857223;ST=32;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=5;RF=1;CP=&&DataTime=20160801085857&&", "RfFormat", "2061")]
    [InlineData("QN=20160801085857223;ST=32;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=10;PNUM=10000;PNO=1;CP=&&DataTime=20160801085857&&", "PnumFormat", "2061")]
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

    [Theory]
    [InlineData("QN=20040516010101001;PNUM=2;PNO=1;ST=32;CN=2051;PW=123456;MN=88888880000001;Flag=3;CP=&&DataTime=20040516010000;011-Avg=2.55555,011-Flag=P&&")]
    [InlineData("QN=20240601085857223;ST=31;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=10;PNUM=12;PNO=11;RF=1;CP=&&DataTime=20240601080000;a21026-Avg=31.555,a21026-Flag=Zz&&")]
    [InlineData("QN=20240601085857223;ST=31;CN=3999;PW=123456;MN=010000A8900016F000169DC0;Flag=9;CP=&&PolId=a21026,CalibrationType=2&&")]
    public void What_only_one_source_says_is_not_demanded(string segment)
    {
        var output = new ArrayBufferWriter<byte>();
        FrameWriter.Write(output, Encoding.UTF8.GetBytes(segment));
        Assert.Empty(Violations(Encoding.UTF8.GetString(output.WrittenSpan)));
    }

    [Fact]
    public void A_message_is_judged_before_it_is_sent()
    {
        Assert.True(CommandCatalogue.Default.TryFind(1062, Edition.V2017, Sender.Host, out var spec));
        var message = Message.Of(spec, new RealtimeInterval(10)) with { Qn = "20240601085857223", St = "32", Pw = "123456", Mn = "010000A8900016F000169DC0" };
        Assert.Equal("ValueRange", Assert.Single(StrictCheck.Of(message)).Rule);
        Assert.Empty(StrictCheck.Of(message with { Body = new RealtimeInterval(30) }));
        Assert.Equal(("s", 30, 3600), spec.Definition(spec.Fields[0]) is { } field ? (field.Unit, field.Least, field.Most) : default);
    }

    [Fact]
    public void Every_code_has_a_sentence_in_both_languages()
    {
        string[] codes =
        [
            .. Enum.GetNames<FrameNotes>(), .. Enum.GetNames<HeaderNotes>(), .. Enum.GetNames<FrameRejection>(), .. Enum.GetNames<SegmentRejection>(),
            FrameDecoder.GbkNote, "QnFormat", "StFormat", "CnFormat", "PwFormat", "MnFormat", "SplitFormat", "PnoFormat", "AreaTooLong", "EmptyItem", "NoNameOrValue", "PlainFlag", "UnknownName", "TimeFormat",
            "ItemSeparator", "OtherEdition", "ValueFormat", "ValueRange", "UnknownCode", "UnknownCommand", "FieldMissing", "FieldNotOfCommand", "ReplySt", "SystemOfReplies", "ReplyFlag", "StRange", "FlagVersion", "PnumFormat", "RfFormat", "Encrypted",
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
