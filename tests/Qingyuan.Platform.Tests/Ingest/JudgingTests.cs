using System.Net;
using System.Text;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Ingest;

public sealed class JudgingTests
{
    private const string Mn = "010000A8900016F000169DC0";

    [Fact]
    public async Task A_wrong_password_is_told_and_kept_and_its_values_do_not_count()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Upload(Mn, 1, password: "654321"));
        Assert.Contains($"ST=91;CN=9011;PW=654321;MN={Mn};Flag=4;CP=&&QnRtn=3&&", await logger.ReadAsync(), StringComparison.Ordinal);
        await Expect(host, FrameVerdict.Rejected, "WrongPassword", station: 1);

        await logger.SendAsync(Logger.Upload(Mn, 2));
        Assert.Contains("CN=9014", await logger.ReadAsync(), StringComparison.Ordinal);
        await Eventually.That(() => host.Counters.AppliedThrough is 2);
        Assert.Equal(2, Assert.Single(host.Twins.Applied).Report.FrameBatch);
    }

    [Fact]
    public async Task An_unknown_mn_is_kept_answered_nothing_and_offered_for_adoption()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Upload("STRANGER", 1));
        await logger.SendAsync(Logger.Upload(Mn, 2));
        Assert.Contains(Logger.Qn(2), await logger.ReadAsync(), StringComparison.Ordinal);
        await Expect(host, FrameVerdict.Quarantined, "UnknownMn", station: 0);
        var seen = Assert.Single(host.HealthSource.UnknownStations);
        Assert.Equal(("STRANGER", logger.LocalEndPoint.ToString(), 1), (seen.Mn, seen.Remote, seen.Frames));

        host.Stations.Add("STRANGER");
        Assert.Empty(host.HealthSource.UnknownStations);
        await logger.SendAsync(Logger.Upload("STRANGER", 3));
        Assert.Contains(Logger.Qn(3), await logger.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_station_may_be_bound_to_its_addresses()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn, "123456", IPNetwork.Parse("10.1.0.0/16"));
        host.Stations.Add("NEAR", "123456", IPNetwork.Parse("10.1.0.0/16"), IPNetwork.Parse("127.0.0.0/8"));
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Upload(Mn, 1));
        Assert.Contains("CN=9011;", await logger.ReadAsync(), StringComparison.Ordinal);
        await Expect(host, FrameVerdict.Rejected, "AddressNotAllowed", station: 1);
        await logger.SendAsync(Logger.Upload("NEAR", 2));
        Assert.Contains("CN=9014;", await logger.ReadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("QN=20260301080000001;CN=2011;PW=123456;MN=M;Flag=5;CP=&&&&", "QnRtn=5", "SystemCodeInvalid")]
    [InlineData("QN=20260301080000001;ST=32;CN=2011;PW=123456;MN=M;Flag=x;CP=&&&&", "QnRtn=6", "FlagInvalid")]
    [InlineData("QN=20260301080000001;ST=32;CN=20;PW=123456;MN=M;Flag=5;CP=&&&&", "QnRtn=8", "CommandInvalid")]
    [InlineData("QN=20260301080000001;ST=32;CN=7777;PW=123456;MN=M;Flag=5;CP=&&&&", "QnRtn=8", "CommandUnknown")]
    [InlineData("QN=20260301080000001;ST=32;CN=1062;PW=123456;MN=M;Flag=5;CP=&&RtdInterval=30&&", "QnRtn=8", "CommandNotForHost")]
    public async Task What_a_frame_says_wrong_is_told_by_the_number_the_standard_has(string segment, string told, string why)
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add("M");
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Frame(segment));
        Assert.Contains(told, await logger.ReadAsync(), StringComparison.Ordinal);
        await Expect(host, FrameVerdict.Rejected, why, station: 1);
    }

    [Fact]
    public async Task A_broken_upload_is_kept_and_not_answered_and_a_broken_request_is_told()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Broken(Logger.Upload(Mn, 1)));
        await logger.SendAsync(Broken(Logger.Upload(Mn, 2, cn: "1062")));
        Assert.Contains($"QN={Logger.Qn(2)};ST=91;CN=9011;PW=123456;MN={Mn};Flag=4;CP=&&QnRtn=9&&", await logger.ReadAsync(), StringComparison.Ordinal);
        Assert.All(host.Log.Stored, frame => Assert.Equal((FrameVerdict.Rejected, "CrcMismatch"), (frame.Arrival.Verdict, frame.Arrival.Why)));
    }

    [Fact]
    public async Task A_modbus_check_value_is_taken_with_a_note_unless_that_is_switched_off()
    {
        var frame = Encoding.ASCII.GetBytes("##0101QN=20160801085857223;ST=32;CN=2062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&");
        byte[] sent = [.. frame, .. Encoding.ASCII.GetBytes(Modbus(frame.AsSpan(6)).ToString("X4", System.Globalization.CultureInfo.InvariantCulture)), 13, 10];
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn, "100000");
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(sent);
        Assert.Contains("CN=9014", await logger.ReadAsync(), StringComparison.Ordinal);
        await Expect(host, FrameVerdict.AcceptedWithNotes, "ModbusCrc", station: 1);

        await using var strict = await IngestHost.StartAsync(options => options.AcceptForeignCrc = false);
        strict.Stations.Add(Mn, "100000");
        using var other = await strict.ConnectAsync();
        await other.SendAsync(sent);
        await Eventually.That(() => strict.Log.Stored.Count is 1);
        await Expect(strict, FrameVerdict.Rejected, "ForeignCrc", station: 1);
    }

    [Fact]
    public async Task Frames_of_2005_without_a_flag_are_answered_only_when_the_profile_says_so()
    {
        var frame = Logger.Frame("ST=32;CN=2011;PW=123456;MN=M;CP=&&DataTime=20160824003817;011-Rtd=231.0,011-Flag=N&&");
        await using var silent = await IngestHost.StartAsync();
        silent.Stations.Add("M");
        using var first = await silent.ConnectAsync();
        await first.SendAsync(frame);
        await first.SendAsync(Logger.Upload("M", 1));
        Assert.Contains(Logger.Qn(1), await first.ReadAsync(), StringComparison.Ordinal);

        await using var answering = await IngestHost.StartAsync(options => options.AnswerWithoutFlag = true);
        answering.Stations.Add("M");
        using var second = await answering.ConnectAsync();
        await second.SendAsync(frame);
        Assert.Contains("ST=91;CN=9014;CP=&&CN=2011&&", await second.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_of_the_field_are_kept_and_never_answered()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add("M");
        using var logger = await host.ConnectAsync();
        foreach (var cn in new[] { "9011", "9012", "9013", "9014" }) await logger.SendAsync(Logger.Upload("M", 1, cn: cn));
        await logger.SendAsync(Logger.Upload("M", 2));
        Assert.Contains(Logger.Qn(2), await logger.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal(5, host.Health.Accepted);
    }

    private static async Task Expect(IngestHost host, FrameVerdict verdict, string why, int station)
    {
        await Eventually.That(() => host.Log.Stored.Any(frame => frame.Arrival.Verdict == verdict));
        var arrival = host.Log.Stored.First(frame => frame.Arrival.Verdict == verdict).Arrival;
        Assert.Equal((why, station), (arrival.Why, arrival.StationNo));
    }

    private static byte[] Broken(byte[] frame)
    {
        frame[^5] = frame[^5] is (byte)'7' ? (byte)'3' : (byte)'7';
        return frame;
    }

    private static ushort Modbus(ReadOnlySpan<byte> bytes)
    {
        ushort value = 0xFFFF;
        foreach (var octet in bytes)
        {
            value ^= octet;
            for (var bit = 0; bit < 8; bit++) value = (ushort)((value & 1) != 0 ? (value >> 1) ^ 0xA001 : value >> 1);
        }

        return value;
    }
}
