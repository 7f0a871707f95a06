using System.Text;
using Qingyuan.Hj212.Framing;
using Qingyuan.SampleSite.Loggers;
using Qingyuan.SampleSite.Outlets;
using Qingyuan.SampleSite.Story;

namespace Qingyuan.Platform.Tests.SampleSite;

/// <summary>The sample loggers speak the standard and tell the day they promise. They are tools: nothing of the product knows them.</summary>
public class SampleSiteTests
{
    private static readonly DateTime Now = new(2026, 11, 25, 16, 30, 0);
    private readonly Script _script = new(Now, Now);

    private Outlet[] Outlets => [new GasTurbineStack(_script), new SinterStack(_script), new SewageWorks(_script), new ChemicalWorks(_script)];

    [Fact]
    public void A_day_of_history_is_whole_and_every_segment_is_one_the_standard_allows()
    {
        foreach (var outlet in Outlets)
        {
            var uploads = new Schedule(outlet, Now.AddDays(-1), Now).Due(Now, 30, realtimeOn: true);
            Assert.Equal(1440 / outlet.MinuteInterval, uploads.Count(upload => upload.Command == "2051"));
            Assert.Equal(24, uploads.Count(upload => upload.Command == "2061"));
            var segments = uploads.SelectMany(upload => Segment.Upload(outlet, upload.Command, upload.Area, () => "20261125163000001"));
            Assert.DoesNotContain(segments, segment => Encoding.UTF8.GetByteCount(segment.Text) > 1024);
        }
    }

    [Fact]
    public void The_outage_of_the_past_is_filled_after_what_is_newer_and_nothing_is_missing()
    {
        var uploads = new Schedule(new ChemicalWorks(_script), Now.AddDays(-1), Now).Due(Now, 30, realtimeOn: false);
        var minutes = uploads.Where(upload => upload.Command == "2051").ToArray();
        Assert.Equal(144, minutes.Select(upload => upload.Area).Distinct().Count());
        var filled = minutes.SkipWhile(upload => upload.Made < _script.PastOutage.From || upload.Made >= _script.PastOutage.To).ToArray();
        Assert.Equal(minutes[^filled.Length..], filled);
        Assert.Contains(filled, upload => upload.Made >= _script.PastOutage.From && upload.Made < _script.PastOutage.To);
    }

    [Fact]
    public void One_hour_of_the_turbine_has_a_converted_mean_of_56_and_no_other_is_over_50()
    {
        var outlet = new GasTurbineStack(_script);
        var means = Enumerable.Range(1, 24).Select(back => Now.Date.AddHours(Now.Hour - back)).ToDictionary(
            hour => hour,
            hour => Enumerable.Range(0, 60).Average(minute => outlet.At(hour.AddMinutes(minute)).Single(reading => reading.Factor == "a21002").Converted!.Value));
        Assert.Equal([_script.ExceedanceHour], means.Where(mean => mean.Value > 50).Select(mean => mean.Key));
        Assert.Equal(56m, Math.Round(means[_script.ExceedanceHour], 0));
    }

    [Fact]
    public void No_analyser_of_the_sewage_works_shows_one_result_so_often_that_it_looks_stuck()
    {
        var outlet = new SewageWorks(_script);
        var most = new Qingyuan.Rules.Alarms.Conditions.StuckValue.Settings().Results;
        foreach (var factor in new[] { "w01018", "w21003", "w21011", "w21001" })
        {
            var (run, last) = (0, "");
            for (var cycle = 0; cycle < 12 * 60; cycle++)
            {
                var reading = outlet.At(Now.AddHours(-2 * cycle)).Single(each => each.Factor == factor);
                (run, last) = reading.Text(reading.Value) == last ? (run + 1, last) : (1, reading.Text(reading.Value));
                Assert.True(run < most, $"{factor} {last} in {run} cycles, back to {Now.AddHours(-2 * cycle)}");
            }
        }
    }

    [Fact]
    public void The_leak_dilutes_both_pollutants_alike_and_ends_with_the_repair()
    {
        var outlet = new SinterStack(_script);
        var (before, leaking) = (Read(outlet, Now), Read(outlet, Now.AddMinutes(4)));
        Assert.InRange(leaking.Oxygen, 19.6m, 20m);
        Assert.InRange(leaking.So2 / before.So2 / (leaking.Nox / before.Nox), 0.9m, 1.1m);
        _script.LeakEnds = Now.AddMinutes(5);
        Assert.InRange(Read(outlet, Now.AddMinutes(8)).Oxygen, 15.8m, 16.2m);
    }

    [Fact]
    public void Cod_repeats_between_cycles_and_flow_is_zero_for_a_while()
    {
        var outlet = new SewageWorks(_script);
        var cod = Enumerable.Range(0, 24 * 6).Select(step => outlet.At(Now.AddDays(-1).AddMinutes(step * 10))[0]).ToArray();
        Assert.InRange(cod.Select(reading => reading.SampleTime).Distinct().Count(), 12, 13);
        Assert.All(cod.GroupBy(reading => reading.SampleTime), cycle => Assert.Single(cycle.Select(reading => reading.Value).Distinct()));
        Assert.Equal(0m, outlet.At(_script.ZeroFlow.From.AddMinutes(5)).Single(reading => reading.Factor == "w00000").Value);
    }

    [Theory]
    [InlineData("1011", "", "SystemTime=")]
    [InlineData("1061", "", "RtdInterval=30")]
    [InlineData("2061", "BeginTime=20261125120000;EndTime=20261125130000", "DataTime=20261125120000")]
    [InlineData("3015", "", "VaseNo=1")]
    [InlineData("3020", "PolId=a21026;InfoId=i12001", "i12001-Info=0")]
    public void Requests_are_answered_ready_then_data_then_done(string command, string area, string data)
    {
        var outlet = new SinterStack(_script);
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(Now, TimeSpan.FromHours(8)));
        var answers = new Responder(outlet, clock).Answer($"QN=20261125163000000;ST=31;CN={command};PW=123456;MN={outlet.Mn};Flag=5;CP=&&{area}&&");
        Assert.Contains("CN=9011;", answers[0], StringComparison.Ordinal);
        Assert.Contains("QnRtn=1", answers[0], StringComparison.Ordinal);
        Assert.Contains(answers, answer => answer.Contains(data, StringComparison.Ordinal));
        Assert.Contains("CN=9012;", answers[^1], StringComparison.Ordinal);
        Assert.All(answers, answer => Assert.Equal(FrameStatus.Complete, Cut(answer)));
    }

    [Theory]
    [InlineData("3021", "123456", "QnRtn=2")]
    [InlineData("7777", "123456", "QnRtn=8")]
    [InlineData("1011", "wrong0", "QnRtn=3")]
    public void Requests_that_are_not_for_it_are_refused_with_the_reason(string command, string password, string refusal)
    {
        var outlet = new SinterStack(_script);
        var answers = new Responder(outlet, TimeProvider.System).Answer($"QN=20261125163000000;ST=31;CN={command};PW={password};MN={outlet.Mn};Flag=5;CP=&&&&");
        Assert.Contains(refusal, Assert.Single(answers), StringComparison.Ordinal);
    }

    private static FrameStatus Cut(string segment)
    {
        var buffer = new System.Buffers.ReadOnlySequence<byte>(Segment.Frame(segment));
        return FrameCutter.TryCut(ref buffer, out _);
    }

    private static (decimal Oxygen, decimal So2, decimal Nox) Read(SinterStack outlet, DateTime wall)
    {
        var readings = outlet.At(wall).ToDictionary(reading => reading.Factor, reading => reading.Value);
        return (readings["a19001"], readings["a21026"], readings["a21002"]);
    }
}
