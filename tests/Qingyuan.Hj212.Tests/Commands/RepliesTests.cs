using System.Buffers;
using System.Text;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Segments;
using Qingyuan.Hj212.Tests.Frames;

namespace Qingyuan.Hj212.Tests.Commands;

/// <summary>Each reply against the example frame of its edition.</summary>
public class RepliesTests
{
    private delegate void Writer(IBufferWriter<byte> output, in SegmentHeader answered);

    [Fact]
    public void Replies_of_2017_carry_qn_pw_and_mn_of_the_frame_answered()
    {
        const string upload = "QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&&&";
        IsExample("CN=9014", upload, Replies.WriteDataReply);
        IsExample("CN=9013", upload, Replies.WriteNoticeReply);
        IsExample("CN=9011", upload, (IBufferWriter<byte> output, in SegmentHeader header) => Replies.WriteRequestReply(output, header, RequestResult.Ready));
        IsExample("CN=9012", upload, (IBufferWriter<byte> output, in SegmentHeader header) => Replies.WriteExecutionReply(output, header, ExecutionResult.Done));
    }

    [Fact]
    public void Replies_of_2025_have_flag_8()
    {
        const string upload = "QN=20240601085857223;ST=31;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=9;CP=&&&&";
        IsExample("CN=9014", upload, Replies.WriteDataReply);
        IsExample("CN=9013", upload, Replies.WriteNoticeReply);
    }

    [Fact]
    public void Replies_of_2005_carry_the_qn_in_the_area()
    {
        const string upload = "QN=20040516010101001;ST=32;CN=2051;PW=123456;MN=88888880000001;PNUM=1;PNO=1;CP=&&&&";
        IsExample("CN=9014", upload, Replies.WriteDataReply);
        IsExample("CN=9011", upload, (IBufferWriter<byte> output, in SegmentHeader header) => Replies.WriteRequestReply(output, header, RequestResult.Ready));
        IsExample("CN=9012", upload, (IBufferWriter<byte> output, in SegmentHeader header) => Replies.WriteExecutionReply(output, header, ExecutionResult.Done));
    }

    [Fact]
    public void A_frame_without_qn_is_answered_without_qn()
    {
        Assert.Contains("ST=91;CN=9014;CP=&&CN=2011&&", Written("ST=32;CN=2011;PW=123456;MN=1;CP=&&&&", Replies.WriteDataReply), StringComparison.Ordinal);
        Assert.Contains("0066ST=91;CN=9014;PW=1;MN=1;Flag=4;CP=&&&&"[4..], Written("ST=32;CN=2011;PW=1;MN=1;Flag=5;CP=&&&&", Replies.WriteDataReply), StringComparison.Ordinal);
    }

    [Fact]
    public void Monstrous_fields_do_not_break_the_reply()
    {
        var monster = new string('9', 1500);
        Assert.EndsWith("\r\n", Written($"QN={monster};ST=32;CN=2011;PW={monster};MN={monster};Flag=5;CP=&&&&", Replies.WriteDataReply), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("QN=20240601085857223;ST=31;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=9;CP=&&&&")]
    [InlineData("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&&&")]
    [InlineData("QN=20040516010101001;ST=32;CN=2051;PW=123456;MN=88888880000001;PNUM=1;PNO=1;CP=&&&&")]
    public void They_are_the_same_bytes_as_the_typed_replies(string answered)
    {
        Same(answered, Sender.Host, Replies.WriteDataReply);
        Same(answered, Sender.Host, Replies.WriteNoticeReply);
        Same(answered, Sender.Field, (IBufferWriter<byte> output, in SegmentHeader header) => Replies.WriteRequestReply(output, header, RequestResult.Refused));
        Same(answered, Sender.Field, (IBufferWriter<byte> output, in SegmentHeader header) => Replies.WriteExecutionReply(output, header, ExecutionResult.NoData));
    }

    private static void Same(string answered, Sender sender, Writer write)
    {
        var reply = Written(answered, write);
        var message = MessageReader.Read(Encoding.UTF8.GetBytes(reply[6..^6]), sender).Message!;
        Assert.Equal(MessageRole.Reply, message.Role);
        Assert.Equal(reply, Encoding.UTF8.GetString(MessageWriter.ToBytes(message)));
    }

    private static void IsExample(string command, string answered, Writer write)
    {
        var qn = answered[3..20];
        var example = ExampleFrames.All.Single(line => line.Contains(command, StringComparison.Ordinal) && line.Contains("ST=91", StringComparison.Ordinal) && line.Contains(qn, StringComparison.Ordinal));
        Assert.Equal(example + "\r\n", Written(answered, write));
    }

    private static string Written(string answered, Writer write)
    {
        Assert.True(SegmentHeader.TryParse(Encoding.UTF8.GetBytes(answered), out var header, out _));
        var output = new ArrayBufferWriter<byte>();
        write(output, header);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
