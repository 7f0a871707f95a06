using System.Text;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;
using Qingyuan.Hj212.Segments;
using Qingyuan.Hj212.Tests.Frames;

namespace Qingyuan.Hj212.Tests.Messages;

/// <summary>The example frames, read as typed messages and written again.</summary>
public class ExampleMessagesTests
{
    // Their texts say the same in another way than ours: a comma for a semicolon, a time with milliseconds, PNO before PNUM.
    private static readonly string[] OtherWords = [",EndTime=", "DataTime=20160824003817000"];

    [Fact]
    public void Each_is_understood_whole_and_comes_back_byte_for_byte()
    {
        foreach (var (line, sender) in ExampleFrames.WithSenders)
        {
            var reading = MessageReader.Read(Encoding.UTF8.GetBytes(line[6..^4]), sender);
            Assert.True(reading.Message is not null && reading.LeftOver.Count == 0, $"{line} {reading.Refusal}");
            if (OtherWords.Any(words => line.Contains(words, StringComparison.Ordinal))) continue;
            Assert.Equal(line + "\r\n", Encoding.UTF8.GetString(MessageWriter.ToBytes(reading.Message)));
        }
    }

    [Fact]
    public void One_meaning_in_three_wire_formats()
    {
        var clock = new Clock("w01018", new(2024, 5, 16, 1, 1, 1));
        foreach (var edition in Enum.GetValues<Edition>())
        {
            Assert.True(CommandCatalogue.Default.TryFind(1011, edition, Sender.Field, out var spec));
            var message = Message.Of(spec, clock) with { Qn = "20240516010101001", St = "32", Pw = "123456", Mn = "88888880000001" };
            var text = Encoding.UTF8.GetString(MessageWriter.ToBytes(message));
            Assert.Equal(edition == Edition.V2005, text.Contains("CP=&&QN=20240516010101001;", StringComparison.Ordinal));
            Assert.Equal(edition != Edition.V2005, text.Contains($"Flag={(int)edition * 4};", StringComparison.Ordinal));
            Assert.Equal(clock, MessageReader.Read(Encoding.UTF8.GetBytes(text[6..^6]), Sender.Field).Message!.Body);
        }
    }

    [Theory]
    [InlineData("ST=32;CN=3016;PW=1;MN=1;Flag=5;CP=&&PolId=w01018,CstartTime=010203,Ctime=2&&")]
    [InlineData("ST=32;CN=3016;PW=1;MN=1;Flag=5;CP=&& PolId =w01018;CstartTime=010203;;CTime=2;&&")]
    public void Both_spellings_and_any_separators_are_read(string segment) =>
        Assert.Equal(new SamplingCycle("w01018", new(1, 2, 3), 2), MessageReader.Read(Encoding.UTF8.GetBytes(segment), Sender.Host).Message!.Body);

    [Theory]
    [InlineData("ST=32;CN=1062;PW=1;MN=1;Flag=5;CP=&&RtdInterval=thirty&&", "RtdInterval", MessageRefusalReason.Format, "thirty")]
    [InlineData("ST=32;CN=1012;PW=1;MN=1;Flag=5;CP=&&SystemTime=20241301000000&&", "SystemTime", MessageRefusalReason.Format, "20241301000000")]
    [InlineData("ST=32;CN=9021;PW=1;MN=1;Flag=5;CP=&&&&", "CN", MessageRefusalReason.UnknownCommand, "9021")]
    [InlineData("ST=32;PW=1;MN=1;Flag=5;CP=&&&&", "CN", MessageRefusalReason.Missing, null)]
    [InlineData("ST=32;CN=1012", "CP", MessageRefusalReason.Missing, null)]
    public void A_refusal_names_the_field_and_the_reason(string segment, string field, MessageRefusalReason reason, string? text) =>
        Assert.Equal(new(field, reason, text), MessageReader.Read(Encoding.UTF8.GetBytes(segment), Sender.Host).Refusal);

    [Fact]
    public void What_a_message_has_no_place_for_is_told()
    {
        var reading = MessageReader.Read("ST=32;CN=1062;PW=1;MN=1;Flag=5;CP=&&RtdInterval=30;FANSTATUS=1;a99948-Rtd=7&&"u8, Sender.Host);
        Assert.Equal(new RealtimeInterval(30), reading.Message!.Body);
        Assert.Equal(["FANSTATUS", "a99948-Rtd"], reading.LeftOver);
    }

    [Fact]
    public void A_command_of_another_edition_is_read_by_that_one()
    {
        var reading = MessageReader.Read("ST=32;CN=3015;PW=1;MN=1;CP=&&DataTime=20240516010101;VaseNo=3&&"u8, Sender.Field);
        Assert.Equal(new RetainedSample(new(2024, 5, 16, 1, 1, 1), 3), reading.Message!.Body);
        Assert.Equal((Edition.V2005, Edition.V2017), (reading.Message.Edition, reading.Spec!.Edition));
    }

    [Fact]
    public void A_2005_header_with_the_2017_meaning_of_its_command_is_read_as_that()
    {
        var reading = MessageReader.Read("QN=20040516010101001;ST=32;CN=3014;PW=1;MN=1;Flag=1;CP=&&PolId=011&&"u8, Sender.Host);
        Assert.Equal(new AnalyserAct("011"), reading.Message!.Body);
        Assert.Equal(Edition.V2017, reading.Spec!.Edition);
        Assert.Equal("PolId", MessageReader.Read("QN=20040516010101001;ST=32;CN=3014;PW=1;MN=1;Flag=1;CP=&&&&"u8, Sender.Host).Refusal!.Field);
    }

    [Theory]
    [InlineData("1;PW=2")]
    [InlineData("1,2")]
    [InlineData("1\r\n##")]
    [InlineData("1&&")]
    [InlineData("//1//")]
    public void A_text_that_would_mean_something_else_is_not_written(string text)
    {
        var message = new Message(Edition.V2017, 1072, MessageRole.Request, new NewPassword(text));
        Assert.Throws<ArgumentException>(() => MessageWriter.ToBytes(message));
        Assert.Throws<ArgumentException>(() => MessageWriter.ToBytes(message with { Body = new NoParameters(), Qn = text }));
    }

    [Fact]
    public void A_long_message_outgrows_the_lent_space_and_is_whole()
    {
        var reports = Enumerable.Range(0, 100).Select(number => new FactorReport($"a{number:00000}", [new("Avg", new string('7', number)), new("Max", "1.0")]) { Flag = "N" });
        var message = new Message(Edition.V2017, 2051, MessageRole.Upload, new Measurements(new(2024, 1, 1), [.. reports])) { Mn = "1" };
        var bytes = MessageWriter.ToBytes(message);
        Assert.True(bytes.Length > 8000);
        Assert.Equal(message, MessageReader.Read(bytes.AsSpan(6..^6), Sender.Field).Message);
    }

    [Theory]
    [InlineData("Rt-d")]
    [InlineData("Rtd=1")]
    [InlineData("Rtd;a")]
    public void Nor_a_quantity_whose_name_would(string kind) =>
        Assert.Throws<ArgumentException>(() => MessageWriter.ToBytes(new Message(Edition.V2017, 2011, MessageRole.Upload, new Measurements(new(2024, 1, 1), [new FactorReport("w01018", [new(kind, "1")])]))));

    [Fact]
    public void Secrets_are_not_printed()
    {
        var message = new Message(Edition.V2025, 1014, MessageRole.Request, new NewKey("20240601085857000", "0123456789ABCDEF")) { Pw = "123456" };
        Assert.DoesNotContain("0123456789ABCDEF", message.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("123456", message.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("654321", new NewPassword("654321").ToString(), StringComparison.Ordinal);
    }
}
