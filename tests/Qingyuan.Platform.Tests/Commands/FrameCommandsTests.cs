using System.Text;
using Qingyuan.Host.Commands;
using Qingyuan.Host.Commands.Frames;

namespace Qingyuan.Platform.Tests.Commands;

/// <summary><c>decode</c> and <c>encode</c> as scripts see them: bytes in, lines out.</summary>
public class FrameCommandsTests
{
    private const string Frame = "##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80";

    private static readonly string[] Examples = [.. new[] { "2017", "2025", "2005" }
        .SelectMany(edition => File.ReadLines(Repo.Path("tests", "Qingyuan.Hj212.Tests", "Frames", edition + ".txt")))
        .Where(line => line.StartsWith("##", StringComparison.Ordinal))];

    [Fact]
    public async Task A_frame_is_one_line_in_the_promised_shape() => Assert.Equal(
        """{"ok":true,"edition":"2017","qn":"20160801085857223","st":"32","cn":"1062","pw":"100000","mn":"010000A8900016F000169DC0","flag":5,"pnum":null,"pno":null,"crc":"1C80","fields":[{"name":"RtdInterval","value":"30"}],"notes":[]}""",
        Assert.Single(await Decode(Frame + "\r\n")));

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public async Task Lines_of_a_file_and_frames_of_a_stream_read_alike(string end)
    {
        var lines = await Decode(string.Join(end, Examples));
        Assert.Equal(77, lines.Length);
        Assert.All(lines, line => Assert.True(line.StartsWith("""{"ok":true""", StringComparison.Ordinal) && line.EndsWith("\"notes\":[]}", StringComparison.Ordinal), line));
    }

    [Fact]
    public async Task What_decode_wrote_encode_turns_back_byte_for_byte() =>
        Assert.Equal(string.Concat(Examples.Select(line => line + "\r\n")), await Encode(string.Join('\n', await Decode(string.Join('\n', Examples)))));

    [Fact]
    public async Task Chinese_stays_readable() => Assert.Contains("清洗管路", string.Concat(await Decode(string.Join('\n', Examples))), StringComparison.Ordinal);

    [Fact]
    public async Task A_refusal_says_why_and_at_which_byte_of_the_input() => Assert.Equal(
        ["""{"ok":false,"why":"NoHeader","at":0}""", """{"ok":false,"why":"CrcMismatch","at":113}""", """{"ok":false,"why":"Truncated","at":122}"""],
        await Decode("hello\n" + Frame[..^1] + "1\n##01"));

    [Fact]
    public async Task Each_line_of_rubbish_is_refused_by_itself() => Assert.Equal(
        ["""{"ok":false,"why":"NoHeader","at":0}""", """{"ok":false,"why":"NoHeader","at":3}"""], (await Decode("ab\ncd\n\n" + Frame))[..2]);

    [Fact]
    public async Task Strict_refuses_what_is_only_noted_otherwise()
    {
        var tolerated = Frame.Replace("##0101", "##0400", StringComparison.Ordinal) + "\r\n";
        Assert.Contains("\"code\":\"LengthWrong\"", Assert.Single(await Decode(tolerated)), StringComparison.Ordinal);
        Assert.StartsWith("""{"ok":false,"why":"LengthWrong","at":2,"violations":[""", Assert.Single(await Decode(tolerated, strict: true)), StringComparison.Ordinal);
        Assert.StartsWith("""{"ok":true""", Assert.Single(await Decode(Frame + "\n", strict: true)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_tells_each_piece_and_its_fault_in_both_languages()
    {
        using var output = new MemoryStream();
        await FrameStory.WriteAsync(new MemoryStream(Encoding.UTF8.GetBytes(Frame + "\n" + Frame.Replace("1C80", "1C81", StringComparison.Ordinal))), output, TestContext.Current.CancellationToken);
        var told = Encoding.UTF8.GetString(output.ToArray());
        Assert.Contains("实时数据间隔：30 s / Real-time interval: 30 s [HJ 212-2017 表4]", told, StringComparison.Ordinal);
        Assert.Contains("! CrcMismatch: ", told, StringComparison.Ordinal);
        Assert.Equal(1, told.Split("! ").Length - 1);
    }

    [Fact]
    public async Task Encode_computes_length_and_check_value_and_takes_numbers_as_text() =>
        Assert.Equal(Frame + "\r\n", await Encode(
            """{"qn":"20160801085857223","st":"32","cn":1062,"pw":"100000","mn":"010000A8900016F000169DC0","flag":"5","crc":"0000","fields":[{"name":"RtdInterval","value":30}]}"""));

    [Theory]
    [InlineData("{", "line 2: not JSON")]
    [InlineData("[]", "line 2: not a JSON object")]
    [InlineData("{\"st\":\"32\"}", "line 2: cn is missing")]
    [InlineData("{\"cn\":\"2011\",\"flag\":900}", "line 2: flag is not between 0 and 255")]
    [InlineData("{\"cn\":\"2011\",\"fields\":[{\"value\":\"1\"}]}", "line 2: fields[0].name is missing")]
    [InlineData("{\"ok\":false,\"why\":\"CrcMismatch\",\"at\":0}", "line 2: a refused frame")]
    public async Task Encode_names_the_line_and_the_member_that_is_wrong(string line, string why)
    {
        var error = await Assert.ThrowsAsync<WrongUseException>(() => Encode("{\"cn\":\"2011\"}\n" + line));
        Assert.StartsWith(why, error.Message, StringComparison.Ordinal);
    }

    private static async Task<string[]> Decode(string input, bool strict = false)
    {
        using var output = new MemoryStream();
        await FrameListing.WriteAsync(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, strict, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<string> Encode(string input)
    {
        using var output = new MemoryStream();
        await EncodeCommand.WriteAsync(new StringReader(input), output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
