using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;
using Qingyuan.Hj212.Segments;
using Qingyuan.Hj212.Sessions;

namespace Qingyuan.Hj212.Tests.Sessions;

public class SessionTests
{
    [Fact]
    public void Exchanges_of_both_ends_interleave()
    {
        var ends = new TwoEnds { Line = static () => [1.5] };
        var asked = new[] { ends.Ask(1062, new RealtimeInterval(30)), ends.Ask(1061, new NoParameters()), ends.Ask(1011, new ClockRequest(null)) };
        var uploaded = new[] { ends.Upload(), ends.Upload() };
        ends.Run(12);
        Assert.Equal(asked, ends.CarriedOut);
        Assert.Equal(asked.Order(), ends.Ended.Where(each => each.Phase is ExchangePhase.Done).Select(each => each.Qn).Order());
        Assert.Equal(uploaded, ends.Taken);
        Assert.Null(ends.Host.NextDueAt);
        Assert.Null(ends.Logger.NextDueAt);
    }

    [Fact]
    public void A_request_that_comes_again_is_answered_again_and_carried_out_once()
    {
        var ends = new TwoEnds { Line = static () => [0.2, 0.9, 4] };
        ends.Ask(1062, new RealtimeInterval(30));
        ends.Run(20);
        Assert.Single(ends.CarriedOut);
        Assert.Equal(ExchangePhase.Done, Assert.Single(ends.Ended).Phase);
    }

    [Fact]
    public void A_resend_is_the_same_frame()
    {
        var ends = new TwoEnds { Line = static () => [] };
        ends.Ask(1062, new RealtimeInterval(30));
        ends.Run(60);
        Assert.Equal(4, ends.Sent.Count);
        Assert.Single(ends.Sent.Distinct());
        Assert.Equal(ExchangePhase.Unanswered, Assert.Single(ends.Ended).Phase);
    }

    [Fact]
    public void An_upload_belongs_to_the_logger_until_it_is_answered()
    {
        var ends = new TwoEnds { Line = static () => [] };
        var qn = ends.Upload();
        ends.Run(60);
        Assert.Equal(qn, Assert.Single(ends.Unanswered).Qn);
    }

    [Fact]
    public void What_was_open_goes_on_after_a_restart_of_the_host()
    {
        var ends = new TwoEnds { Line = static () => [] };
        ends.Ask(1062, new RealtimeInterval(30));
        ends.Run(5);
        ends.RestartHost();
        ends.Line = static () => [0.1];
        ends.Run(30);
        Assert.Equal(ExchangePhase.Done, Assert.Single(ends.Ended).Phase);
        Assert.Single(ends.CarriedOut);
    }

    [Fact]
    public void On_any_line_each_exchange_ends_once_and_truly() =>
        // Copies of each frame: none is lost, two is doubled, late ones come in another order.
        Gen.Select(Gen.Double[0, 15].Array[0, 2].Array[60], Gen.Int[1, 8]).Sample(
            (line, questions) =>
            {
                var at = 0;
                var ends = new TwoEnds { Line = () => line[at++ % line.Length] };
                var asked = new List<string>();
                for (var i = 0; i < questions; i++)
                {
                    asked.Add(ends.Ask(i % 2 == 0 ? 1062 : 1061, i % 2 == 0 ? new RealtimeInterval(30) : new NoParameters()));
                    if (i == questions / 2) ends.RestartHost();
                    ends.Run(0.7);
                }

                ends.Run(150);
                return ends.Ended.Select(each => each.Qn).Order().SequenceEqual(asked.Order())
                    && ends.CarriedOut.Distinct().Count() == ends.CarriedOut.Count
                    && ends.Ended.Where(each => each.Phase is ExchangePhase.Done).All(each => ends.CarriedOut.Contains(each.Qn))
                    && asked.Where(qn => !ends.CarriedOut.Contains(qn)).All(qn => ends.Ended.Any(each => each.Qn == qn && each.Phase is ExchangePhase.Unanswered));
            },
            iter: 200);

    [Theory]
    [InlineData("i13007")] // intercept
    [InlineData("i13008")] // slope
    [InlineData("i13001")] // range
    [InlineData("i13099")] // a maker's own
    public void A_host_never_sets_what_values_are_computed_with(string code)
    {
        var session = new HostSession(LinkTiming.Mobile);
        Assert.Equal(AskRefusal.ParameterForbidden, session.Ask(Set(code), default, AnswerKind.Result));
        Assert.Null(session.TakeFrame(default));
        Assert.Equal(AskRefusal.None, session.Ask(Set("i13003"), default, AnswerKind.Result));
    }

    [Fact]
    public void A_gap_lies_between_the_frames_to_a_peer_that_loses_glued_ones()
    {
        var start = DateTimeOffset.UnixEpoch;
        var outbox = new Outbox(TimeSpan.FromMilliseconds(200), 2);
        Assert.True(outbox.TryAdd([1]));
        Assert.True(outbox.TryAdd([2]));
        Assert.False(outbox.TryAdd([3]));
        Assert.Equal([1], outbox.TryTake(start));
        Assert.Null(outbox.TryTake(start.AddMilliseconds(199)));
        Assert.Equal(start.AddMilliseconds(200), outbox.DueAt);
        Assert.Equal([2], outbox.TryTake(start.AddMilliseconds(200)));
        Assert.Null(outbox.DueAt);
    }

    [Fact]
    public void No_two_questions_share_a_QN_also_when_the_clock_is_set_back()
    {
        var (source, now) = (new QnSource(), new DateTime(2026, 3, 1, 8, 0, 0));
        var given = new[] { source.Next(now), source.Next(now), source.Next(now.AddHours(-1)), source.Next(now.AddSeconds(1)) };
        Assert.Equal(["20260301080000000", "20260301080000001", "20260301080000002", "20260301080001000"], given);
    }

    [Fact]
    public void A_first_connection_is_set_up_in_the_order_of_the_standard()
    {
        var settings = new FirstSettings(new(2026, 3, 1, 8, 0, 0), 5, 3, 30, 10, Realtime: true, UnitState: false);
        Assert.Equal([1012, 1000, 1062, 1064, 2011, 2022], FirstConnection.Messages(settings, Edition.V2017).Select(each => each.Message.Command));
        Assert.Equal([1012, 1000, 1062, 2011, 2022], FirstConnection.Messages(settings, Edition.V2005).Select(each => each.Message.Command));
    }

    [Fact]
    public void A_logger_refuses_a_request_with_another_password()
    {
        var logger = new LoggerSession(TwoEnds.Mn, TwoEnds.Pw, LinkTiming.Mobile);
        Assert.True(CommandCatalogue.Default.TryFind(1061, Edition.V2017, Sender.Host, out var spec));
        var heard = logger.Hear(Message.Of(spec, new NoParameters()) with { Qn = "20260301080000000", St = "32", Pw = "000000", Mn = TwoEnds.Mn }, default);
        Assert.Equal(HeardKind.Nothing, heard.Kind);
        Assert.Contains("QnRtn=3", System.Text.Encoding.ASCII.GetString(logger.TakeFrame(default)!), StringComparison.Ordinal);
    }

    private static Message Set(string code)
    {
        Assert.True(CommandCatalogue.Default.TryFind(3021, Edition.V2017, Sender.Host, out var spec));
        return Message.Of(spec, new ParameterSetting("w01018", code, "1")) with { Qn = "2026030108000000" + code[^1], St = "32", Pw = TwoEnds.Pw, Mn = TwoEnds.Mn };
    }
}
