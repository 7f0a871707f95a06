using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Ingest;

public sealed class AcknowledgingTests
{
    private const string Mn = "010000A8900016F000169DC0";

    [Fact]
    public async Task An_upload_is_stored_as_sent_and_answered_with_its_qn()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        var frame = Logger.Upload(Mn, 1);
        await logger.SendAsync(frame);

        Assert.StartsWith($"##0087QN={Logger.Qn(1)};ST=91;CN=9014;PW=123456;MN={Mn};Flag=4;CP=&&&&", await logger.ReadAsync(), StringComparison.Ordinal);
        var stored = Assert.Single(host.Log.Stored);
        Assert.Equal(frame, stored.Bytes.ToArray());
        Assert.Equal((1, Mn, FrameVerdict.Accepted, null), (stored.Arrival.StationNo, stored.Arrival.Mn, stored.Arrival.Verdict, stored.Arrival.Why));
    }

    [Fact]
    public async Task Nothing_is_answered_before_the_batch_is_durable()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        host.Log.CommitsAtOnce = false;
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Upload(Mn, 1));
        await Eventually.That(() => host.Log.Open is 1);
        Assert.Equal(0, host.Counters.Answered);

        host.Log.Commit();
        Assert.Contains(Logger.Qn(1), await logger.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_that_asks_for_no_answer_gets_none()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Upload(Mn, 1, flag: 4));
        await logger.SendAsync(Logger.Upload(Mn, 2));
        Assert.Contains(Logger.Qn(2), await logger.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal(2, host.Log.Stored.Count);
    }

    [Theory]
    [InlineData("1013", "9013")]
    [InlineData("9015", "9013")]
    [InlineData("9021", "9022")]
    [InlineData("2021", "9014")]
    [InlineData("2081", "9014")]
    [InlineData("3019", "9014")]
    [InlineData("3020", "9014")]
    [InlineData("2083", "9014")]
    public async Task Each_kind_of_frame_gets_its_own_answer(string command, string answer)
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Upload(Mn, 1, cn: command));
        Assert.Contains($"ST=91;CN={answer};PW=123456;MN={Mn};", await logger.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_commit_answers_nothing_and_the_resend_is_taken_as_new()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        host.Log.CommitsAtOnce = false;
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Logger.Upload(Mn, 1));
        await Eventually.That(() => host.Log.Open is 1);
        host.Log.FailBatch();
        await Eventually.That(() => host.Health.Reasons.ContainsKey("NotStored"));
        Assert.Equal(0, host.Counters.Answered);
        Assert.NotNull(host.Health.Trouble);
        bool[] Said() => [.. host.Desk.Signals.Where(signal => signal.Cause is "ingest:store").Select(signal => signal.Active)];
        await Eventually.That(() => Said() is [true], () => host.Time.Advance(TimeSpan.FromSeconds(1))); // one that is over before it was passed on is not told

        host.Log.CommitsAtOnce = true;
        await logger.SendAsync(Logger.Upload(Mn, 1));
        Assert.Contains(Logger.Qn(1), await logger.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal(FrameVerdict.Accepted, Assert.Single(host.Log.Stored).Arrival.Verdict);
        Assert.Null(host.Health.Trouble);
        await Eventually.That(() => Said().Length >= 2, () => host.Time.Advance(TimeSpan.FromSeconds(15)));
        Assert.Equal([true, false], Said());
    }

    [Fact]
    public async Task Frames_in_flight_are_bounded_and_go_on_after_the_commit()
    {
        await using var host = await IngestHost.StartAsync(options => options.FramesInFlight = 8);
        host.Stations.Add(Mn);
        host.Log.CommitsAtOnce = false;
        using var logger = await host.ConnectAsync();
        for (var i = 0; i < 20; i++) await logger.SendAsync(Logger.Upload(Mn, i));
        await Eventually.That(() => host.Log.Open is 8);

        host.Log.CommitsAtOnce = true;
        host.Log.Commit();
        for (var i = 0; i < 20; i++) Assert.Contains(Logger.Qn(i), await logger.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_stores_and_answers_what_was_received()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        host.Log.CommitsAtOnce = false;
        using var logger = await host.ConnectAsync();
        for (var i = 0; i < 50; i++) await logger.SendAsync(Logger.Upload(Mn, i));
        await Eventually.That(() => host.Log.Open is 50);
        var stopping = host.StopAsync();
        host.Log.Commit();
        await stopping;
        var answers = await logger.ReadToEndAsync();
        for (var i = 0; i < 50; i++) Assert.Contains(Logger.Qn(i), answers, StringComparison.Ordinal);
    }
}
