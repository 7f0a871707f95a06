using Qingyuan.Platform.Ingest.Applying;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Ingest;

public sealed class ApplyingTests
{
    [Fact]
    public void A_water_upload_becomes_values_with_their_texts_marks_and_sampling_times()
    {
        var report = Decode("QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=M;Flag=5;CP=&&DataTime=20160801085857;w01001-Rtd=7.10,w01001-Flag=N;"
            + "w01018-SampleTime=20160801070000,w01018-Rtd=2.2,w01018-Flag=N,w01018-EFlag=A01;w21003-Flag=D&&");
        Assert.Equal("2011", report!.Command);
        Assert.Equal(new DateTime(2016, 8, 1, 8, 58, 57), report.DataTime);
        Assert.Equal(new DateTime(2016, 8, 1, 8, 58, 57, 223), report.RequestTime);
        Assert.Equal([("w01001", "Rtd", "7.10", "N", null), ("w01018", "Rtd", "2.2", "N", new DateTime(2016, 8, 1, 7, 0, 0))],
            report.Values.Select(value => (value.Factor, value.Quantity, value.Text, value.Flag, value.SampleTime)));
        Assert.Equal([new("w01018-EFlag", "A01"), new("w21003-Flag", "D")], report.Fields);
    }

    [Fact]
    public void Codes_of_2005_get_their_names_of_2017_and_keep_their_texts()
    {
        var report = Decode("ST=32;CN=2011;PW=123456;MN=M;CP=&&DataTime=20160824003817000;B01-Rtd=36.91;011-Rtd=231.0,011-Flag=N;060-Rtd=1.803,060-Flag=N&&");
        Assert.Equal([("w00000", "36.91"), ("w01018", "231.0"), ("w21003", "1.803")], report!.Values.Select(value => (value.Factor, value.Text)));
        Assert.Null(report.RequestTime);
    }

    [Theory]
    [InlineData("99991231235959")]
    [InlineData("00010101000000")]
    public void A_stamp_of_no_possible_year_is_none_and_the_values_keep_their_texts(string stamp)
    {
        var report = Decode($"QN={stamp}000;ST=31;CN=2011;PW=123456;MN=M;Flag=5;CP=&&DataTime={stamp};a21026-SampleTime={stamp},a21026-Rtd=20.1,a21026-Flag=N&&");
        Assert.Equal((null, null, null), (report!.DataTime, report.RequestTime, report.Values.Single().SampleTime));
        Assert.Equal("20.1", report.Values.Single().Text);
    }

    [Theory]
    [InlineData("2021", "DataTime=20160801085857;SB1-RS=1;SB2-RS=0", "SB1-RS=1 SB2-RS=0")]
    [InlineData("2081", "DataTime=20160801085857;RestartTime=20160801085624", "RestartTime=20160801085624")]
    [InlineData("3020", "DataTime=20160801085857;PolId=w01018,i12001-Info=2", "PolId=w01018 i12001-Info=2")]
    public void What_is_no_value_travels_as_names_and_texts_in_wire_order(string command, string area, string fields)
    {
        var report = Decode($"QN=20160801085857223;ST=32;CN={command};PW=123456;MN=M;Flag=5;CP=&&{area}&&");
        Assert.Empty(report!.Values);
        Assert.Equal(fields, string.Join(' ', report.Fields.Select(field => $"{field.Key}={field.Value}")));
    }

    [Fact]
    public async Task A_report_that_its_twin_refuses_is_named_and_the_others_are_applied()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add("M");
        host.Log.CommitsAtOnce = false;
        host.Twins.Before = (_, reports) =>
        {
            if (reports.Any(report => report.FrameOrdinal is 1)) throw new InvalidOperationException("poison");
        };
        using var logger = await host.ConnectAsync();
        for (var i = 0; i < 3; i++) await logger.SendAsync(Logger.Upload("M", i));
        await Eventually.That(() => host.Log.Open is 3);
        host.Log.Commit();
        await Eventually.That(() => host.Counters.AppliedThrough is 1);
        Assert.Equal([0, 2], host.Twins.Applied.Select(applied => applied.Report.FrameOrdinal));
        Assert.Equal(1, host.Health.Reasons["TwinRefused"]);
        await Eventually.That(() => !host.Desk.Signals.IsEmpty);
        Assert.Equal("1-1", host.Desk.Signals.Single().Args["frame"]);
    }

    [Fact]
    public async Task A_twin_that_is_away_is_waited_for()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add("M");
        bool[] Said() => [.. host.Desk.Signals.Where(signal => signal.Cause.StartsWith("ingest:twin:", StringComparison.Ordinal)).Select(signal => signal.Active)];
        host.Twins.Before = (_, _) =>
        {
            if (Said() is not [true]) throw new TimeoutException("moving");
        };
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Upload("M", 1));
        await logger.ReadAsync(); // acknowledged whatever the twin does
        await Eventually.That(() => host.Twins.Applied.Count is 1, () => host.Time.Advance(TimeSpan.FromSeconds(30)));
        await Eventually.That(() => Said().Length is 2, () => host.Time.Advance(TimeSpan.FromSeconds(15)));
        Assert.Equal([true, false], Said());
    }

    [Fact]
    public async Task Chunks_are_written_after_ten_minutes_at_the_turn_of_the_hour_and_at_the_end()
    {
        var host = await IngestHost.StartAsync();
        host.Stations.Add("M");
        using var logger = await host.ConnectAsync();
        async Task SendAsync(int number)
        {
            await logger.SendAsync(Logger.Upload("M", number));
            await Eventually.That(() => host.Counters.AppliedThrough == number);
        }

        await SendAsync(1);
        host.Time.Advance(TimeSpan.FromMinutes(10));
        await Eventually.That(() => host.Chunks.Checkpoints.Count is 1);
        await SendAsync(2);
        host.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.Single(host.Chunks.Checkpoints);
        await SendAsync(3);
        await host.StopAsync();
        Assert.Equal([1, 3], host.Chunks.Checkpoints);
        await host.DisposeAsync();
    }

    [Fact]
    [Requirement("R-5.6.2-2")]
    public void Shelter_climate_is_a_series_settings_and_states_are_news()
    {
        var report = Decode("QN=20260301080000001;ST=32;CN=3020;PW=123456;MN=M;Flag=4;CP=&&DataTime=20260301080000;i33101-Info=23.5;i23001-Info=101.2;i12001-Info=0;PolId=w01018;i13004-Info=168.0&&")!;
        Assert.Equal(["i33101 Info 23.5", "i23001 Info 101.2"], report.Values.Select(value => $"{value.Factor} {value.Quantity} {value.Text}"));
        Assert.Equal(["i12001-Info", "PolId", "i13004-Info"], report.Fields.Select(field => field.Key));
        Assert.Equal(Resolution.Realtime, Stations.Twin.TwinShapes.Values(report)!.Resolution);
    }

    [Theory]
    [InlineData("2111", "DataTime=20260301080000;a01901-Avg=876.5", Resolution.Minute)]
    [InlineData("2013", "DataTime=20260301080000;w01018-SampleTime=20260301074000,w01018-Avg=23.4,w01018-Flag=N", Resolution.Realtime)]
    [InlineData("2052", "DataTime=20260301080000;Leq-Data=54.3", Resolution.Realtime)]
    public void Uploads_of_2025_become_values(string command, string area, Resolution resolution)
    {
        var report = Decode($"QN=20260301080000001;ST=32;CN={command};PW=123456;MN=M;Flag=8;CP=&&{area}&&")!;
        Assert.Single(report.Values);
        Assert.Equal(resolution, Stations.Twin.TwinShapes.Values(report)!.Resolution);
    }

    private static Stations.Contracts.StationReport? Decode(string segment) => ReportDecoder.Decode(
        new StoredFrame(new(3, 4), new(1, "M", DateTimeOffset.UnixEpoch, FrameVerdict.Accepted, null, "x"), Logger.Frame(segment)));
}
