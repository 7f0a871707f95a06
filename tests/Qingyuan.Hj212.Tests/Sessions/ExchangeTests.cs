using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Sessions;

namespace Qingyuan.Hj212.Tests.Sessions;

/// <summary>HJ 212-2017 6.1 and 6.5, one line after the other.</summary>
public class ExchangeTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(8));
    private static readonly LinkTiming Timing = LinkTiming.Mobile;

    private static Exchange Asked(AnswerKind answer = AnswerKind.Result) => Exchange.Begin("MN1", "20260301080000000", 1062, answer, Timing, Start);

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    [Fact]
    public void Ready_then_done_is_done()
    {
        var exchange = Asked().RequestReplied(RequestResult.Ready, Timing, At(1));
        Assert.Equal(ExchangePhase.Acknowledged, exchange.Phase);
        exchange = exchange.Executed(ExecutionResult.Done, At(2));
        Assert.Equal((ExchangePhase.Done, 1), (exchange.Phase, exchange.Code));
    }

    [Theory]
    [InlineData(RequestResult.Refused, 2)]
    [InlineData(RequestResult.WrongPassword, 3)]
    [InlineData(RequestResult.WrongCn, 8)]
    [InlineData(RequestResult.Unknown, 100)]
    public void A_reply_that_is_not_ready_ends_it_and_no_result_follows(RequestResult result, int code)
    {
        var exchange = Asked().RequestReplied(result, Timing, At(1));
        Assert.Equal((ExchangePhase.Refused, code), (exchange.Phase, exchange.Code));
        Assert.Equal(exchange, exchange.Executed(ExecutionResult.Done, At(2)));
    }

    [Theory]
    [InlineData(ExecutionResult.Failed)]
    [InlineData(ExecutionResult.Busy)]
    [InlineData(ExecutionResult.NoData)]
    public void Any_other_result_is_a_failure(ExecutionResult result) =>
        Assert.Equal((ExchangePhase.Failed, (int)result), (Asked().Executed(result, At(3)).Phase, (int)Asked().Executed(result, At(3)).Code!));

    [Fact]
    public void Unanswered_it_is_sent_again_three_times_every_ten_seconds_and_then_given_up()
    {
        var exchange = Asked();
        List<double> sent = [];
        for (var second = 0.5; !exchange.HasEnded; second += 0.5)
        {
            (exchange, var again) = exchange.Tick(Timing, At(second));
            if (again) sent.Add(second);
        }

        Assert.Equal([10, 20, 30], sent);
        Assert.Equal((ExchangePhase.Unanswered, At(40), 4), (exchange.Phase, exchange.DueAt, exchange.Sends));
    }

    [Fact]
    public void Acknowledged_it_is_never_sent_again_and_expires_when_no_result_comes()
    {
        var exchange = Asked().RequestReplied(RequestResult.Ready, Timing, At(1));
        Assert.Equal((exchange, false), exchange.Tick(Timing, At(60)));
        var (ended, resend) = exchange.Tick(Timing, At(61));
        Assert.False(resend);
        Assert.Equal(ExchangePhase.Expired, ended.Phase);
    }

    [Fact]
    public void Each_part_of_the_data_moves_the_end_of_waiting()
    {
        var exchange = Asked(AnswerKind.DataAndResult).RequestReplied(RequestResult.Ready, Timing, At(1));
        for (var part = 1; part <= 5; part++)
        {
            exchange = exchange.DataCame(Timing, At(part * 50));
            Assert.Equal((ExchangePhase.Executing, At((part * 50) + 60)), (exchange.Phase, exchange.DueAt));
        }
    }

    [Fact]
    public void A_result_counts_although_the_9011_was_lost() => Assert.Equal(ExchangePhase.Done, Asked().Executed(ExecutionResult.Done, At(3)).Phase);

    [Theory]
    [InlineData(AnswerKind.NoticeReply)]
    [InlineData(AnswerKind.DataReply)]
    public void A_notice_and_an_upload_end_with_their_own_reply_only(AnswerKind kind)
    {
        var other = kind is AnswerKind.DataReply ? AnswerKind.NoticeReply : AnswerKind.DataReply;
        Assert.Equal(ExchangePhase.Sent, Asked(kind).Received(other, At(1)).Phase);
        Assert.Equal(ExchangePhase.Sent, Asked(kind).RequestReplied(RequestResult.Ready, Timing, At(1)).Phase);
        Assert.Equal(ExchangePhase.Done, Asked(kind).Received(kind, At(1)).Phase);
    }

    [Fact]
    public void What_is_answered_with_nothing_has_ended_when_it_is_sent() => Assert.True(Asked(AnswerKind.None).HasEnded);

    [Fact]
    public void Nothing_changes_what_has_ended()
    {
        Exchange[] ended =
        [
            Asked().Executed(ExecutionResult.Done, At(1)), Asked().Executed(ExecutionResult.Failed, At(1)), Asked().RequestReplied(RequestResult.Refused, Timing, At(1)),
            Asked() with { Phase = ExchangePhase.Unanswered }, Asked() with { Phase = ExchangePhase.Expired },
        ];
        foreach (var exchange in ended)
        {
            Assert.Equal(exchange, exchange.RequestReplied(RequestResult.Ready, Timing, At(9)));
            Assert.Equal(exchange, exchange.DataCame(Timing, At(9)));
            Assert.Equal(exchange, exchange.Executed(ExecutionResult.Busy, At(9)));
            Assert.Equal(exchange, exchange.Received(AnswerKind.DataReply, At(9)));
            Assert.Equal((exchange, false), exchange.Tick(Timing, At(9999)));
        }
    }
}
