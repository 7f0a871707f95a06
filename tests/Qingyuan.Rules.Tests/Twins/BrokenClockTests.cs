using Qingyuan.Rules.Twins;
using static Qingyuan.Rules.Tests.Twins.TwinBench;

namespace Qingyuan.Rules.Tests.Twins;

/// <summary>Values and stamps that no station can mean.</summary>
public class BrokenClockTests
{
    [Fact]
    public void A_stamp_far_ahead_does_not_freeze_the_factor_and_is_said_until_a_true_one_comes()
    {
        var twin = new TwinBench(Gas()).Send(Start.AddYears(70), Start, ("a21026", "99", "N"));
        Assert.Null(twin.State.Factor("a21026").Text);
        Assert.Equal("+clock:stamp@08:00", Assert.Single(twin.Said));
        twin.Send(Start.AddMinutes(1), ("a21026", "20", "N")).Send(Start.AddMinutes(2), ("a21026", "21", "N"));
        Assert.Equal("21", twin.State.Factor("a21026").Text);
        Assert.Equal(20m, Assert.Single(twin.State.Factor("a21026").Trail.Points).Mean);
        Assert.Equal("-clock:stamp@08:01", twin.Said[^1]);
        Assert.Equal([Start], twin.State.PendingHours.Keys);
    }

    [Fact]
    public void A_clock_wrong_by_its_zone_is_still_believed()
    {
        var twin = new TwinBench(Gas()).Send(Start.AddHours(1), Start, ("a21026", "20", "N"));
        Assert.Equal("20", twin.State.Factor("a21026").Text);
        Assert.Empty(twin.Said);
    }

    [Fact]
    public void A_sampling_time_far_ahead_touches_no_hour_to_come()
    {
        var twin = new TwinBench(Water()).Sampled(Start, Start.AddYears(70), ("w01018", "24.1", "N")).Tick(Start.AddMinutes(1));
        Assert.Equal([Start], twin.State.PendingHours.Keys);
        Assert.Null(twin.State.Factor("w01018").LastCycle);
    }

    [Fact]
    public void A_device_state_with_a_stamp_far_ahead_counts_from_when_it_came()
    {
        var ahead = new TwinReport("1-0", At(Start), "3020", Start.AddYears(70), null, [], [new("PolId", "w01018"), new("i12001-Info", "1")]);
        var mark = Assert.Single(Twin.Apply(TwinState.Fresh(At(Start).At), ahead, Water()).State.Marks);
        Assert.Equal(("M", Start), (mark.Mark, mark.From));
    }

    [Fact]
    public void The_largest_decimal_there_is_does_not_stop_the_twin()
    {
        var twin = new TwinBench(Gas());
        foreach (var second in new[] { 0, 1, 2 }) twin.Send(Start.AddSeconds(second), ("a21026", "79228162514264337593543950335", "N"), ("a19001", "20.99999999999999999999999999", "N"));
        Assert.Equal("79228162514264337593543950335", twin.State.Factor("a21026").Text);
        Assert.Null(twin.State.Factor("a21026").Number);
    }
}
