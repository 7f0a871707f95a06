using System.Net;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Hj212.Framing;
using Qingyuan.Platform.Ingest;
using Qingyuan.Platform.Ingest.Session;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Ingest;

public sealed class QuarantineTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_restart_gives_strangers_no_new_allowance()
    {
        await using var host = await IngestHost.StartAsync(
            options => options.QuarantineBytesPerAddressAndDay = 1000,
            Earlier(1, Now.AddHours(-1), FrameVerdict.Quarantined, 500), Earlier(2, Now.AddHours(-2), FrameVerdict.Rejected, 300),
            Earlier(3, Now.AddHours(-3), FrameVerdict.Accepted, 5000), Earlier(4, Now.AddDays(-1), FrameVerdict.Quarantined, 7000));
        await Eventually.That(() => host.Health.QuarantineBytesToday == 500 + 300 + 128);
        using var stranger = await host.ConnectAsync();
        await stranger.SendAsync(Logger.Upload("STRANGER", 1));
        await Eventually.That(() => host.Health.Reasons.ContainsKey("QuarantineFull"));
        Assert.Equal(4, host.Log.Stored.Count);

        host.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, host.Health.QuarantineBytesToday);
        using var tomorrow = await host.ConnectAsync();
        await tomorrow.SendAsync(Logger.Upload("STRANGER", 2));
        await Eventually.That(() => host.Log.Stored.Count is 5);
    }

    [Fact]
    public void The_sum_of_all_addresses_is_bounded_and_new_each_day()
    {
        var time = new FakeTimeProvider(Now);
        var budget = new QuarantineBudget(new IngestOptions { QuarantineBytes = 1000 }, time);
        Assert.True(budget.TryTake(IPAddress.Parse("10.0.0.1"), 500));
        Assert.False(budget.TryTake(IPAddress.Parse("10.0.0.2"), 500));
        time.Advance(TimeSpan.FromDays(1));
        budget.Kept(DateOnly.FromDateTime(Now.UtcDateTime), IPAddress.Parse("10.0.0.1"), 999); // of yesterday
        Assert.Equal(0, budget.Total);
        Assert.True(budget.TryTake(IPAddress.Parse("10.0.0.2"), 500));
    }

    [Theory]
    [InlineData("2011", "20260301100000", false)]
    [InlineData("2051", "20260301150100", false)]
    [InlineData("2051", "20260301145900", true)]
    [InlineData("2061", "20260301140000", false)]
    [InlineData("2061", "20260301130000", true)]
    [InlineData("2031", "20260301000000", false)]
    [InlineData("2031", "20260228000000", true)]
    [InlineData("2051", "unreadable", false)]
    public void History_is_what_ended_more_than_an_hour_ago(string command, string stamp, bool isHistory)
    {
        var frame = Logger.Frame($"QN=20260301160000000;ST=32;CN={command};PW=123456;MN=A;Flag=5;CP=&&DataTime={stamp};w01018-Avg=1&&");
        var buffer = new System.Buffers.ReadOnlySequence<byte>(frame);
        Assert.Equal(FrameStatus.Complete, FrameCutter.TryCut(ref buffer, out var cut));
        Assert.Equal(isHistory, History.IsIn(cut.SegmentSpan([]), Now));
    }

    private static StoredFrame Earlier(int number, DateTimeOffset at, FrameVerdict verdict, int length) =>
        new(new(1, number), new(0, "X", at, verdict, null, "127.0.0.1:40000"), new byte[length]);
}
