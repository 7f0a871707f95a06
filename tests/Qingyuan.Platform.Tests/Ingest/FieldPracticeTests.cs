using System.Text;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>What real senders do otherwise, row by row of the facts about HJ 212 (section 20), through the real listener: what becomes of the frame and of its value. Rows about packets and check values are with the library.</summary>
public sealed class FieldPracticeTests
{
    private const string Modern = "QN=20260301080000001;ST=32;CN=2011;PW=123456;MN={0};Flag=5;CP=&&DataTime=20260301080000;w01018-Rtd=18.2,w01018-Flag=N&&";

    public static TheoryData<string, string, string> Rows => new()
    {
        { "11: the header of 2005 on a link of 2017", "ST=32;CN=2011;PW=123456;MN={0};CP=&&DataTime=20260301080000;011-Rtd=18.2,011-Flag=N&&", "w01018 18.2 N" },
        { "12: QN empty", Modern.Replace("QN=20260301080000001", "QN=", StringComparison.Ordinal), "w01018 18.2 N" },
        { "12: QN with rubbish", Modern.Replace("QN=20260301080000001", "QN=?0260301", StringComparison.Ordinal), "w01018 18.2 N" },
        { "12: QN without milliseconds", Modern.Replace("QN=20260301080000001", "QN=20260301080000", StringComparison.Ordinal), "w01018 18.2 N" },
        { "13: DataTime with milliseconds", Modern.Replace("DataTime=20260301080000", "DataTime=20260301080000123", StringComparison.Ordinal), "w01018 18.2 N" },
        { "15: ST outside the table", Modern.Replace("ST=32", "ST=101", StringComparison.Ordinal), "w01018 18.2 N" },
        { "16: MN before PW", "QN=20260301080000001;ST=32;CN=2011;MN={0};PW=123456;Flag=5;CP=&&DataTime=20260301080000;w01018-Rtd=18.2,w01018-Flag=N&&", "w01018 18.2 N" },
        { "16: CmdFlag", Modern.Replace("Flag=5", "CmdFlag=5", StringComparison.Ordinal), "w01018 18.2 N" },
        { "17: a semicolon at the end, empty items", Modern.Replace("w01018-Flag=N&&", "w01018-Flag=N;;&&", StringComparison.Ordinal), "w01018 18.2 N" },
        { "19: Flag without the code", Modern.Replace(",w01018-Flag=N", ";Flag=D", StringComparison.Ordinal), "w01018 18.2 D" },
        { "20: blanks round a name", Modern.Replace("w01018-Rtd=", "w01018-Rtd =", StringComparison.Ordinal), "w01018 18.2 N" },
        { "21: a code nobody knows", Modern.Replace("w01018", "a99948", StringComparison.Ordinal), "a99948 18.2 N" },
        { "24: data of last month", Modern.Replace("DataTime=20260301080000", "DataTime=20260131080000", StringComparison.Ordinal), "w01018 18.2 N" },
        { "26: a value that is no number", Modern.Replace("18.2", "NaN", StringComparison.Ordinal), "w01018 NaN N" },
        { "26: a text mark", Modern.Replace("w01018-Rtd=18.2,w01018-Flag=N", "p99101-Rtd=St", StringComparison.Ordinal), "p99101 St " },
        { "a mark before its value", Modern.Replace("w01018-Rtd=18.2,w01018-Flag=N", "w01018-Flag=M,w01018-Rtd=18.2", StringComparison.Ordinal), "w01018 18.2 M" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_frame_is_taken_and_its_value_stays_as_sent(string row, string segment, string value)
    {
        await using var host = await IngestHost.StartAsync();
        var mn = row.StartsWith("11", StringComparison.Ordinal) ? "88888880000001" : "aqms-01_x"; // 14: opaque
        host.Stations.Add(mn);
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Frame(segment.Replace("{0}", mn, StringComparison.Ordinal)));
        await Eventually.That(() => host.Twins.Applied.Count is 1);
        var stored = Assert.Single(host.Log.Stored);
        Assert.True(stored.Arrival.Verdict is FrameVerdict.Accepted or FrameVerdict.AcceptedWithNotes, stored.Arrival.Why);
        var found = Assert.Single(host.Twins.Applied.Single().Report.Values);
        Assert.Equal(value, $"{found.Factor} {found.Text} {found.Flag}");
    }

    [Fact]
    public async Task Text_in_gbk_is_read_and_its_bytes_stay()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add("M");
        using var logger = await host.ConnectAsync();
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        byte[] segment = [.. Encoding.ASCII.GetBytes("QN=20260301080000001;ST=32;CN=3020;PW=123456;MN=M;Flag=5;CP=&&DataTime=20260301080000;PolId=w01018;i11001-Info=//"), .. Encoding.GetEncoding("gb18030").GetBytes("清洗管路"), .. "//&&"u8];
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Qingyuan.Hj212.Framing.FrameWriter.Write(output, segment);
        await logger.SendAsync(output.WrittenMemory);
        await Eventually.That(() => host.Twins.Applied.Count is 1);
        Assert.Contains(host.Twins.Applied.Single().Report.Fields, field => field is { Key: "i11001-Info", Value: "清洗管路" });
        Assert.Equal(output.WrittenSpan.ToArray(), host.Log.Stored.Single().Bytes.ToArray());
    }

    [Fact]
    public async Task Nothing_is_recovered_silently_rubbish_before_and_between_frames_stays_visible()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add("M");
        using var logger = await host.ConnectAsync();
        await logger.SendAsync("\0\0\u0001\u0002");
        await logger.SendAsync(Logger.Upload("M", 1));
        await logger.SendAsync("GET / HTTP/1.1\r\n\r\n");
        await logger.SendAsync(Logger.Upload("M", 2));
        await Eventually.That(() => host.Twins.Applied.Count is 2);
        Assert.Equal(2, host.Log.Stored.Count(frame => frame.Arrival.Verdict is FrameVerdict.Quarantined));
    }
}
