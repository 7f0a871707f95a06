using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Alarms.Conditions;
using Qingyuan.Rules.Twins;
using Qingyuan.Rules.Validity;
using static Qingyuan.Rules.Tests.Twins.TwinBench;

namespace Qingyuan.Rules.Tests.Twins;

public class TwinTests
{
    [Fact]
    [Requirement("R-5.6.4-8")]
    public void A_past_exceedance_hour_is_raised_and_cleared_in_order_with_its_true_time()
    {
        var twin = new TwinBench(Gas());
        twin.Hour(Start, "a21002", PeriodVerdict.Valid, 40m, 48m).Hour(Start.AddHours(1), "a21002", PeriodVerdict.Valid, 47m, 56m).Hour(Start.AddHours(2), "a21002", PeriodVerdict.Valid, 40m, 47m);
        Assert.Equal(["+exceedance:a21002@09:00", "-exceedance:a21002@10:00"], twin.Said);
        Assert.Equal(("56", "50", "hour"), (twin.Signals.First().Args["value"], twin.Signals.First().Args["limit"], twin.Signals.First().Args["period"]));
    }

    [Fact]
    public void The_converted_mean_is_judged_and_not_the_measured_one() =>
        Assert.Empty(new TwinBench(Gas()).Hour(Start, "a21002", PeriodVerdict.Valid, 60m, 49m).Said);

    [Fact]
    public void An_invalid_hour_neither_raises_nor_clears_and_a_stopped_one_clears()
    {
        var twin = new TwinBench(Gas()).Hour(Start, "a21002", PeriodVerdict.Valid, 60m, 56m).Hour(Start.AddHours(1), "a21002", PeriodVerdict.Invalid, null);
        Assert.Single(twin.Said);
        Assert.Equal("-exceedance:a21002@10:00", twin.Hour(Start.AddHours(2), "a21002", PeriodVerdict.Stopped, null).Said[^1]);
    }

    [Fact]
    public void A_late_exceedance_that_newer_hours_have_passed_is_told_whole_and_once()
    {
        var twin = new TwinBench(Gas()).Hour(Start.AddHours(5), "a21002", PeriodVerdict.Valid, 40m, 40m);
        twin.Hour(Start, "a21002", PeriodVerdict.Valid, 60m, 56m).Hour(Start, "a21002", PeriodVerdict.Valid, 60m, 56m, isNew: false);
        Assert.Equal(["+exceedance:a21002@08:00", "-exceedance:a21002@09:00"], twin.Said);
    }

    [Fact]
    public void Municipal_water_is_judged_by_the_day_and_an_hour_over_it_only_warns()
    {
        var twin = new TwinBench(Water()).Hour(Start, "w01018", PeriodVerdict.Valid, 55m);
        Assert.Equal((SignalKind.EarlyWarning, "hour-over-daily:w01018"), (twin.Signals.Single().Kind, twin.Signals.Single().Cause));
        Assert.Equal((SignalKind.Exceedance, "day"), twin.Day(Start.Date, "w01018", 51m).Signals.Select(signal => (signal.Kind, signal.Args["period"])).Last());
    }

    [Fact]
    public void A_logger_whose_hourly_mean_differs_by_more_than_one_percent_is_noticed_and_neither_value_replaces_the_other()
    {
        var twin = new TwinBench(Gas()).Hour(Start, "a21026", PeriodVerdict.Valid, 20.0m, 20m, reported: 20.2m).Hour(Start.AddHours(1), "a21026", PeriodVerdict.Valid, 20.0m, 20m, reported: 20.5m);
        Assert.Equal("2.4", twin.Signals.Single().Args["difference"]);
        Assert.Equal(SignalSeverity.Notice, twin.Signals.Single().Severity);
    }

    [Fact]
    [Requirement("R-5.6.4-7")]
    public void A_leak_is_suspected_and_not_shown_as_compliance_and_ends_when_oxygen_is_back()
    {
        var twin = new TwinBench(Gas());
        Run(twin, Start, 20, "24.0", "37.0", "16.00");
        Run(twin, Start.AddMinutes(20), 4, "5.4", "8.3", "19.80");
        Assert.Equal("+leak@08:20", twin.Said.Single(said => said.Contains("leak")));
        Assert.Equal("suspect", Lights.Verdict(twin.State, Gas().Factor("a21026"), Gas()));
        Assert.Contains("a21026 24.0 → 5.4 / 5.4", twin.Signals.Single(signal => signal.Cause == "leak").Args["evidence"]);
        Run(twin, Start.AddMinutes(24), 4, "24.1", "37.2", "16.05");
        Assert.StartsWith("-leak", twin.Said[^1], StringComparison.Ordinal);
        Assert.Equal("normal", Lights.Verdict(twin.State, Gas().Factor("a21026"), Gas()));
    }

    [Fact]
    [Requirement("R-5.6.4-7")]
    public void A_climb_towards_the_limit_warns_before_the_hour_is_lost()
    {
        var twin = new TwinBench(Gas());
        foreach (var (minute, nox) in new[] { (0, "40.0"), (1, "43.0"), (2, "45.5"), (3, "46.5") }) Run(twin, Start.AddMinutes(minute), 1, "20.0", nox, "16.00");
        Assert.Equal("+climbing:a21002@08:02", Assert.Single(twin.Said));
    }

    [Fact]
    public void Oxygen_alone_that_lifts_a_converted_value_is_no_climb()
    {
        var twin = new TwinBench(Gas());
        foreach (var (minute, oxygen) in new[] { (0, "16.00"), (1, "17.00"), (2, "17.50"), (3, "18.00") }) Run(twin, Start.AddMinutes(minute), 1, "20.0", "30.0", oxygen);
        Assert.Empty(twin.Said);
    }

    [Fact]
    public void A_cod_result_repeated_between_cycles_and_a_time_of_zero_flow_alarm_nobody()
    {
        var twin = new TwinBench(Water());
        for (var minute = 0; minute < 600; minute++)
        {
            var at = Start.AddMinutes(minute);
            var flow = minute is > 200 and < 260 ? "0.00" : "182.0";
            twin.Sampled(at, Start.AddHours(minute / 120 * 2), ("w01018", minute / 120 % 2 == 0 ? "24.1" : "24.3", "N"), ("w00000", flow, "N"));
        }

        Assert.Empty(twin.Said);
    }

    [Fact]
    public void Six_equal_results_of_six_cycles_are_stuck()
    {
        var twin = new TwinBench(Water());
        for (var cycle = 0; cycle < 6; cycle++) twin.Sampled(Start.AddHours(cycle * 2), Start.AddHours(cycle * 2), ("w00000", "182.0", "N"), ("w01018", "24.1", "N"));
        Assert.Equal("+stuck:w01018@18:00", Assert.Single(twin.Said));
    }

    [Fact]
    [Requirement("R-5.6.3-e1")]
    [Requirement("R-5.6.3-b1")]
    public void A_failed_check_raises_and_the_passed_one_after_recalibration_clears()
    {
        var twin = new TwinBench(Water());
        twin.Fields("2062", Start, ("w01018-SampleRd", "44.3"), ("w01018-StandardValue", "50.0"), ("w01018-ResultType", "0"));
        Assert.Equal("-11.4", twin.Signals.Single().Args["error"]);
        twin.Fields("2062", Start.AddMinutes(50), ("w01018-SampleRd", "49.6"), ("w01018-StandardValue", "50.0"), ("w01018-ResultType", "1"));
        Assert.Equal(["+check:w01018:standard@08:00", "-check:w01018:standard@08:50"], twin.Said);
        Assert.Equal("pass -0.8 %", twin.State.Devices["check:w01018:standard"]);
    }

    [Fact]
    public void A_span_drift_within_limits_is_shown_and_alarms_nobody()
    {
        var twin = new TwinBench(Gas()).Fields("2062", Start, ("a21026-SampleRd", "98.2"), ("a21026-StandardValue", "100.0"), ("a21026-ResultType", "1"));
        Assert.Empty(twin.Said);
        Assert.Equal("pass -1.8 %", twin.State.Devices["check:a21026:span"]);
        Assert.Equal("qc.check", twin.Effects.OfType<StateChange>().Single().Kind);
    }

    [Fact]
    public void A_calibration_mark_covers_the_affected_factor_only_and_ends_after_settling()
    {
        var twin = new TwinBench(Gas());
        twin.Send(Start, ("a21026", "20", "N"), ("a19001", "16", "N")).Send(Start.AddMinutes(5), ("a21026", "0.3", "C"), ("a19001", "16", "N"));
        Assert.Equal(("C", "a21026", Start.AddMinutes(5)), twin.State.Marks.Select(mark => (mark.Mark, mark.Factors.Single(), mark.From)).Single());
        twin.Send(Start.AddMinutes(20), ("a21026", "20", "N"), ("a19001", "16", "N"));
        Assert.Equal(Start.AddMinutes(25), twin.State.Marks.Single().EndsAt);
        twin.Send(Start.AddMinutes(25), ("a21026", "20", "N"), ("a19001", "16", "N"));
        Assert.Empty(twin.State.Marks);
        Assert.Equal(["mark.open", "mark.close"], twin.Effects.OfType<StateChange>().Select(change => change.Kind));
    }

    [Fact]
    public void One_alarm_for_one_analyser_that_says_it_is_faulty()
    {
        var twin = new TwinBench(Gas());
        twin.Send(Start, ("a21026", "0", "D"), ("a21002", "0", "D")).Send(Start.AddMinutes(1), ("a21026", "20", "N"), ("a21002", "0", "D"));
        Assert.Equal("+device:gas@08:00", Assert.Single(twin.Said));
        Assert.Equal("-device:gas@08:02", twin.Send(Start.AddMinutes(2), ("a21026", "20", "N"), ("a21002", "20", "N")).Said[^1]);
    }

    [Fact]
    public void Field_information_and_treatment_units_say_faults()
    {
        var twin = new TwinBench(Water());
        twin.Fields("3020", Start, ("PolId", "w01018"), ("i12001-Info", "2")).Fields("3020", Start.AddMinutes(9), ("PolId", "w01018"), ("i12001-Info", "0"));
        twin.Fields("2021", Start.AddMinutes(10), ("SB1-RS", "4"), ("SB2-RS", "1"));
        Assert.Equal(["+device-state:i12001:w01018@08:00", "-device-state:i12001:w01018@08:09", "+device-state:SB1-RS@08:10"], twin.Said);
        Assert.Equal("D", twin.Effects.OfType<StateChange>().First(change => change.Kind == "mark.open").Fields["mark"]);
    }

    [Fact]
    [Requirement("R-5.6.2-2")]
    public void Settings_of_an_analyser_are_a_history_each_change_with_what_stood_before()
    {
        var twin = new TwinBench(Water());
        twin.Fields("3020", Start, ("PolId", "w01018"), ("i13004-Info", "165.0"), ("i13008-Info", "1.02")).Fields("3020", Start.AddMinutes(5), ("PolId", "w01018"), ("i13004-Info", "165.0"));
        twin.Fields("3020", Start.AddMinutes(9), ("PolId", "w01018"), ("i13004-Info", "168.0"));
        var told = twin.Effects.OfType<StateChange>().Select(change => $"{change.Kind} {change.Device} {change.Fields["name"]} {change.Fields["before"]}>{change.Fields["value"]}");
        Assert.Equal(["device.parameter cod i13004 >165.0", "device.parameter cod i13008 >1.02", "device.parameter cod i13004 165.0>168.0"], told);
        Assert.Empty(twin.Said);
    }

    [Fact]
    [Requirement("R-5.6.2-2")]
    public void Logs_bottles_identities_and_running_times_are_told_with_what_they_say()
    {
        var twin = new TwinBench(Water());
        twin.Fields("3020", Start, ("PolId", "w01018"), ("i11001-Info", "清洗管路")).Fields("3015", Start.AddMinutes(1), ("VaseNo", "3"));
        twin.Fields("3019", Start.AddMinutes(2), ("PolId", "w01018"), ("w01018-SN", "010000A8900016F000169DC1")).Fields("3019", Start.AddMinutes(3), ("PolId", "w01018"), ("w01018-SN", "010000A8900016F000169DC1"));
        twin.Fields("2041", Start, ("SB1-RT", "23.5")).Fields("3020", Start.AddMinutes(4), ("i32001-Info", "1"));
        Assert.Equal(["device.log", "sample.retained", "device.identity", "unit.runtime", "device.state"], twin.Effects.OfType<StateChange>().Select(change => change.Kind));
        Assert.Equal("清洗管路", twin.Effects.OfType<StateChange>().First().Fields["text"]);
    }

    [Fact]
    [Requirement("R-5.6.2-1b")]
    public void Link_logger_and_factor_live_and_die_each_on_its_own()
    {
        var twin = new TwinBench(Gas()).Link(true, Start);
        for (var second = 0; second <= 1200; second += 30)
        {
            if (second < 300) twin.Send(Start.AddSeconds(second), ("a21026", "20", "N"), ("a19001", "16", "N"));
            else twin.Send(Start.AddSeconds(second), ("a19001", "16", "N"));
        }

        var now = At(Start.AddSeconds(1201));
        Assert.Equal(LifeSign.Live, Lights.Link(twin.State, now, Gas()));
        Assert.Equal(LifeSign.Live, Lights.Logger(twin.State, now, Gas()));
        Assert.Equal(LifeSign.Dead, Lights.Factor(twin.State, Gas().Factor("a21026"), now, Gas()));
        Assert.Equal(LifeSign.Live, Lights.Factor(twin.State, Gas().Factor("a19001"), now, Gas()));
        Assert.Equal(LifeSign.Unknown, Lights.Factor(twin.State, Gas().Factor("a21002"), now, Gas()));
        Assert.Equal("+missing:a21026@08:04", Assert.Single(twin.Tick(Start.AddSeconds(1201)).Said));
    }

    [Fact]
    public void A_short_drop_alarms_nobody_a_long_one_does_and_coming_back_clears()
    {
        var twin = new TwinBench(Gas()).Link(true, Start).Send(Start, ("a21026", "20", "N")).Link(false, Start.AddMinutes(1));
        Assert.Empty(twin.Tick(Start.AddMinutes(5)).Said);
        Assert.Equal("+link@08:01", Assert.Single(twin.Tick(Start.AddMinutes(6)).Tick(Start.AddMinutes(7)).Said));
        Assert.Equal("-link@08:20", twin.Link(true, Start.AddMinutes(20)).Said[^1]);
    }

    [Fact]
    public void Backfill_proves_no_present_life_and_starts_no_present_warning()
    {
        var twin = new TwinBench(Gas()).Link(true, Start);
        for (var minute = 0; minute < 30; minute++) twin.Send(Start.AddHours(-3).AddMinutes(minute), Start.AddSeconds(minute), ("a21002", $"{40 + minute}.0", "N"), ("a19001", "16.00", "N"));
        Assert.Empty(twin.Said);
        Assert.Equal(LifeSign.Unknown, Lights.Logger(twin.State, At(Start.AddMinutes(1)), Gas()));
    }

    [Fact]
    public void Hours_are_due_once_in_order_while_history_streams_in_and_again_for_late_values()
    {
        var twin = new TwinBench(Gas());
        var now = Start.AddDays(1);
        for (var minute = 0; minute <= 185; minute++) twin.Send(Start.AddMinutes(minute), now, ("a21026", "20", "N"));
        Assert.Equal([Start, Start.AddHours(1), Start.AddHours(2)], Due(twin));
        twin.Hour(Start.AddHours(2), "a21026", PeriodVerdict.Valid, 20m, 20m);
        twin.Send(Start.AddMinutes(10).AddSeconds(30), now.AddSeconds(1), ("a21026", "21", "N"));
        Assert.Equal(3, Due(twin).Count);
        twin.Tick(now.AddSeconds(10));
        Assert.Equal(1, Due(twin).Count(hour => hour == Start) - 1);
    }

    private static List<DateTime> Due(TwinBench twin) => [.. twin.Effects.OfType<HourDue>().Select(due => due.Start)];

    private static void Run(TwinBench twin, DateTime from, int minutes, string so2, string nox, string oxygen)
    {
        for (var second = 0; second < minutes * 60; second += 30)
            twin.Send(from.AddSeconds(second), ("a21026", so2, "N"), ("a21002", nox, "N"), ("a19001", oxygen, "N"), ("a01011", "13.80", "N"));
    }
}
