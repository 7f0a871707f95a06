using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using static Qingyuan.Platform.Tests.Twins.TwinBench;

namespace Qingyuan.Platform.Tests.Twins;

public class TwinShellTests
{
    private static readonly DateTime Morning = Today.Date.AddHours(8);

    [Fact]
    [Requirement("R-5.6.3-b1")]
    public async Task Backfilled_history_is_judged_hour_by_hour_and_its_exceedance_raised_and_cleared_with_true_times()
    {
        var bench = new TwinBench(Gas());
        var twin = await bench.BeginAsync();
        await twin.ApplyAsync(bench.Hours(Morning, 4, at => Moving(at, at.Hour == 10 ? 56m : 40m)), default);
        Assert.Equal(["+exceedance:a21002@10:00", "-exceedance:a21002@11:00"], bench.Around.Said);
        var hour = bench.Derived(Resolution.Hour, Morning.AddHours(2), "a21002");
        Assert.Equal(("56.0", "56.0", "valid", "N", "HJ75-HOUR@2017.1"), (hour.Value, hour.Converted, hour.Verdict, hour.Mark, hour.Rule));
        Assert.All(bench.Telemetry.Revisions.Values, revisions => Assert.Single(revisions));
    }

    [Fact]
    [Requirement("R-5.7.3-6d")]
    public async Task Late_frames_make_a_new_revision_only_when_the_judgement_differs()
    {
        var bench = new TwinBench(Gas());
        var twin = await bench.BeginAsync();
        var reports = bench.Hours(Morning, 3, _ => [("a21002", "Avg", "40.0", "N"), ("a19001", "Avg", "16.00", "N")]);
        await twin.ApplyAsync([.. reports.Where(report => report.DataTime!.Value.Hour != 9 || report.DataTime.Value.Minute < 40)], default);
        Assert.Equal("invalid:too-few-minutes", bench.Derived(Resolution.Hour, Morning.AddHours(1), "a21002").Verdict);
        await twin.ApplyAsync([.. reports.Where(report => report.DataTime!.Value.Hour == 9 && report.DataTime.Value.Minute >= 40)], default);
        await bench.PassAsync(twin, TimeSpan.FromSeconds(10));
        Assert.Equal(2, bench.Telemetry.Revisions[(1, Resolution.Hour, Morning.AddHours(1))].Count);
        Assert.Equal("valid", bench.Derived(Resolution.Hour, Morning.AddHours(1), "a21002").Verdict);
        await twin.ApplyAsync([bench.Report("2011", Morning.AddMinutes(80), ("a21002", "Rtd", "40.0", "N"))], default);
        await bench.PassAsync(twin, TimeSpan.FromSeconds(10));
        Assert.Equal(2, bench.Telemetry.Revisions[(1, Resolution.Hour, Morning.AddHours(1))].Count);
    }

    [Fact]
    public async Task The_reported_hour_is_kept_beside_the_derived_one_and_a_difference_is_said()
    {
        var bench = new TwinBench(Gas());
        var twin = await bench.BeginAsync();
        await twin.ApplyAsync([bench.Report("2061", Morning, ("a21002", "Avg", "42.0", "N"))], default);
        await twin.ApplyAsync(bench.Hours(Morning, 1, _ => [("a21002", "Avg", "40.0", "N"), ("a19001", "Avg", "16.00", "N")]), default);
        Assert.Equal("+differs:a21002@08:00", Assert.Single(bench.Around.Said));
        Assert.Equal("40.0", bench.Derived(Resolution.Hour, Morning, "a21002").Value);
        var reported = await bench.Telemetry.ReadAllAsync(1, Resolution.Hour, Morning, Morning.AddHours(1), default);
        Assert.Equal("42.0", reported.Single().Values.Single().Text);
    }

    [Fact]
    public async Task A_logger_without_minute_data_is_judged_by_its_real_time_values()
    {
        var bench = new TwinBench(Gas());
        var twin = await bench.BeginAsync();
        var reports = Enumerable.Range(0, 125).Select(half => bench.Report("2011", Morning.AddSeconds(half * 30), ("a21002", "Rtd", half % 2 == 0 ? "40.0" : "42.0", "N"), ("a19001", "Rtd", "16.00", "N")));
        await twin.ApplyAsync([.. reports], default);
        Assert.Equal(("41.0", "valid"), (bench.Derived(Resolution.Hour, Morning, "a21002").Value, bench.Derived(Resolution.Hour, Morning, "a21002").Verdict));
    }

    [Fact]
    public async Task A_water_day_is_weighted_by_flow_counts_what_was_due_and_is_judged_after_midnight()
    {
        var bench = new TwinBench(Water());
        var twin = await bench.BeginAsync();
        var yesterday = Today.Date.AddDays(-1);
        await twin.ApplyAsync(bench.Hours(yesterday, 24, at => [
            ("w01018", "Avg", at.Hour < 12 ? "60.0" : "52.0", "N"),
            ("w00000", "Avg", at.Hour is 3 ? "0.00" : at.Hour < 12 ? "100.00" : "300.00", "N")]), default);
        await bench.PassAsync(twin, TimeSpan.FromMinutes(1));
        Assert.Equal("nothing-due", bench.Derived(Resolution.Hour, yesterday.AddHours(3), "w01018").Verdict);
        var day = bench.Derived(Resolution.Day, yesterday, "w01018");
        // 11 hours of 60 at 100 and 12 of 52 at 300.
        Assert.Equal(("53.9", "valid"), (day.Value, day.Verdict));
        Assert.Contains(bench.Around.Signals, signal => signal is { Cause: "exceedance:w01018", Active: true } && signal.Since == yesterday);
    }

    [Fact]
    [Requirement("R-5.6.2-2")]
    public async Task A_state_change_of_a_device_makes_a_ledger_line_by_itself()
    {
        var bench = new TwinBench(Water());
        var twin = await bench.BeginAsync();
        await twin.ApplyAsync([bench.Report("3020", Today) with { Fields = [new("PolId", "w01018"), new("i12001-Info", "1")] }], default);
        Assert.Equal(["device.state", "mark.open"], bench.Around.Entries.Select(entry => entry.Kind));
        Assert.Equal("station:TEST00000000000000000001", bench.Around.Entries[0].Subject);
        Assert.Equal(("M", "w01018"), twin.Snapshot().Marks.Select(mark => (mark.Mark, mark.Factors.Single())).Single());
    }

    [Fact]
    public async Task A_restart_raises_nothing_again_and_forgets_nothing()
    {
        var bench = new TwinBench(Gas());
        var twin = await bench.BeginAsync();
        await twin.LinkChangedAsync(true, "127.0.0.1:5", bench.Time.GetUtcNow(), default);
        await twin.ApplyAsync(bench.Hours(Morning, 6, at => [("a21002", "Avg", "56.0", "N"), ("a19001", "Avg", "16.00", "N")]), default);
        await twin.ApplyAsync([bench.Report("2011", Today, ("a21002", "Rtd", "57.0", "N"), ("a19001", "Rtd", "16.00", "N"))], default);
        var before = bench.Around.Signals.Count;
        Assert.Equal("exceeded", Nox(twin.Snapshot()).Verdict);

        bench.Time.Advance(TimeSpan.FromSeconds(20));
        var again = await bench.BeginAsync();
        Assert.Equal(("57.0", "exceeded"), (Nox(again.Snapshot()).Text, Nox(again.Snapshot()).Verdict));
        await again.LinkChangedAsync(true, "127.0.0.1:6", bench.Time.GetUtcNow(), default);
        await bench.PassAsync(again, TimeSpan.FromSeconds(10));
        Assert.Equal(before, bench.Around.Signals.Count);

        await again.ApplyAsync(bench.Hours(Morning.AddHours(6), 1, _ => [("a21002", "Avg", "40.0", "N"), ("a19001", "Avg", "16.00", "N")]), default);
        Assert.Equal("-exceedance:a21002@14:00", bench.Around.Said.Last());
    }

    [Fact]
    public async Task A_stamp_far_ahead_is_kept_and_neither_stops_the_clock_nor_hides_the_last_picture_after_a_restart()
    {
        var bench = new TwinBench(Gas());
        var twin = await bench.BeginAsync();
        var ahead = new DateTime(2100, 12, 31, 23, 59, 59);
        await twin.ApplyAsync([bench.Report("2011", Today, ("a21002", "Rtd", "41.5", "N")), bench.Report("2011", ahead, ("a21002", "Rtd", "99", "N"))], default);
        await bench.PassAsync(twin, TimeSpan.FromSeconds(10));
        Assert.Equal("41.5", Nox(twin.Snapshot()).Text);
        Assert.Equal("99", Assert.Single(await bench.Telemetry.ReadAllAsync(1, Resolution.Realtime, ahead, ahead.AddSeconds(1), default)).Values.Single().Text);

        var again = await bench.BeginAsync();
        await bench.PassAsync(again, TimeSpan.FromSeconds(10));
        Assert.Equal("41.5", Nox(again.Snapshot()).Text);
    }

    [Fact]
    [Requirement("R-5.6.2-2")]
    public async Task Frames_told_again_after_a_crash_leave_no_second_ledger_line_and_device_states_and_marks_are_recalled()
    {
        var bench = new TwinBench(Water());
        var twin = await bench.BeginAsync();
        StationReport[] told =
        [
            bench.Report("3020", Today) with { Fields = [new("PolId", "w01018"), new("i12001-Info", "1")] },
            bench.Report("2062", Today) with { Fields = [new("w01018-SampleRd", "49.6"), new("w01018-StandardValue", "50.0")] },
            bench.Report("2081", Today) with { Fields = [new("RestartTime", "20260302151900")] },
        ];
        await twin.ApplyAsync(told, default);
        string[] kinds = ["device.state", "mark.open", "qc.check", "logger.restart"];
        Assert.Equal(kinds, bench.Around.Entries.Select(entry => entry.Kind));

        var again = await bench.BeginAsync();
        Assert.Equal(("1", "pass -0.8 %"), (again.Snapshot().DeviceStates["i12001:w01018"], again.Snapshot().DeviceStates["check:w01018:standard"]));
        Assert.Equal(("M", "i12001:w01018"), again.Snapshot().Marks.Select(mark => (mark.Mark, mark.Source)).Single());
        await again.ApplyAsync(told, default);
        Assert.Equal(kinds, bench.Around.Entries.Select(entry => entry.Kind));

        await again.ApplyAsync([bench.Report("3020", Today.AddMinutes(1)) with { Fields = [new("PolId", "w01018"), new("i12001-Info", "0")] }], default);
        var third = await bench.BeginAsync();
        await bench.PassAsync(third, TimeSpan.FromMinutes(7));
        Assert.Equal([.. kinds, "device.state", "mark.close"], bench.Around.Entries.Select(entry => entry.Kind));
        Assert.Empty(third.Snapshot().Marks);
    }

    [Fact]
    public async Task Hours_that_were_not_judged_before_a_crash_are_judged_after_it()
    {
        var bench = new TwinBench(Gas());
        foreach (var report in bench.Hours(Morning, 3, _ => [("a21002", "Avg", "56.0", "N"), ("a19001", "Avg", "16.00", "N")]))
            await bench.Telemetry.ApplyAsync(1, Qingyuan.Platform.Stations.Twin.TwinShapes.Values(report)!, default);
        var twin = await bench.BeginAsync();
        await bench.PassAsync(twin, TimeSpan.FromSeconds(10));
        Assert.Equal("valid", bench.Derived(Resolution.Hour, Morning.AddHours(1), "a21002").Verdict);
        Assert.Equal("+exceedance:a21002@08:00", bench.Around.Said.First());
    }

    [Fact]
    [Requirement("R-5.6.2-1b")]
    public async Task A_station_that_falls_silent_is_noticed_without_a_frame()
    {
        var bench = new TwinBench(Gas());
        var twin = await bench.BeginAsync();
        await twin.LinkChangedAsync(true, "127.0.0.1:5", bench.Time.GetUtcNow(), default);
        await twin.ApplyAsync([bench.Report("2011", Today, ("a21002", "Rtd", "40.0", "N"), ("a19001", "Rtd", "16.00", "N"))], default);
        Assert.Equal(Liveness.Live, bench.Feed.Latest(1)!.Logger);
        await bench.PassAsync(twin, TimeSpan.FromMinutes(2));
        Assert.Equal(Liveness.Late, bench.Feed.Latest(1)!.Logger);
        await bench.PassAsync(twin, TimeSpan.FromMinutes(5));
        Assert.Equal(Liveness.Dead, bench.Feed.Latest(1)!.Logger);
        Assert.Equal(["+missing@15:20"], bench.Around.Said);
    }

    [Fact]
    public async Task An_imported_archive_is_judged_and_never_shown_as_live()
    {
        var bench = new TwinBench(Gas());
        var twin = await bench.BeginAsync();
        await twin.ApplyAsync([.. bench.Hours(Morning, 1, _ => [("a21002", "Avg", "40.0", "N"), ("a19001", "Avg", "16.00", "N")]).Select(report => report with { Imported = true })], default);
        await bench.PassAsync(twin, TimeSpan.FromSeconds(10));
        Assert.Equal("valid", bench.Derived(Resolution.Hour, Morning, "a21002").Verdict);
        Assert.Equal(Liveness.Unknown, twin.Snapshot().Logger);
        Assert.Null(twin.Snapshot().LastHeardAt);
    }

    [Fact]
    public async Task A_station_that_went_and_came_back_between_two_turns_is_said_to_be_silent_again()
    {
        var bench = new TwinBench(Gas());
        var twin = await bench.BeginAsync();
        await twin.ApplyAsync([bench.Report("2011", Today, ("a21002", "Rtd", "40.0", "N"))], default);
        await bench.PassAsync(twin, TimeSpan.FromHours(1));
        bench.Around.Signals.Clear(); // as the alarms end with the use
        bench.Around.Stations[0] = bench.Station with { ReinstatedAt = bench.Time.GetUtcNow() };
        await twin.TickAsync(default);
        await bench.PassAsync(twin, TimeSpan.FromHours(1));
        Assert.StartsWith("+link@", Assert.Single(bench.Around.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_station_out_of_use_is_judged_to_its_end_then_only_keeps_values_and_knows_again_what_is_open_when_it_comes_back()
    {
        var bench = new TwinBench(Gas());
        var twin = await bench.BeginAsync();
        await twin.ApplyAsync(bench.Hours(Morning, 2, _ => [("a21002", "Avg", "40.0", "N"), ("a19001", "Avg", "16.00", "N")]), default);
        await bench.PassAsync(twin, TimeSpan.FromHours(1));
        Assert.StartsWith("+link@", Assert.Single(bench.Around.Said), StringComparison.Ordinal);
        bench.Around.Stations[0] = bench.Station with { RetiredAt = bench.Time.GetUtcNow(), RetiredBecause = "stopped" };
        bench.Around.Signals.Clear(); // as the alarms end with the use

        bench.Time.Advance(TimeSpan.FromHours(1));
        await twin.TickAsync(default);
        Assert.False(twin.IsOver);
        bench.Time.Advance(TimeSpan.FromHours(47));
        await twin.TickAsync(default);
        Assert.True(twin.IsOver);
        bench.Around.Signals.Clear();
        await twin.LinkChangedAsync(true, "10.0.0.1:5000", bench.Time.GetUtcNow(), default);
        await twin.ApplyAsync([bench.Report("2011", Morning.AddHours(3), ("a21002", "Rtd", "999.0", "N"))], default);
        Assert.Empty(bench.Around.Said);
        Assert.Equal("999.0", Assert.Single(await bench.Telemetry.ReadAllAsync(1, Resolution.Realtime, Morning.AddHours(3), Morning.AddHours(4), default)).Values.Single().Text);

        bench.Around.Stations[0] = bench.Station with { ReinstatedAt = bench.Time.GetUtcNow() };
        await twin.TickAsync(default);
        Assert.Empty(bench.Around.Said); // silence counts from now on
        await bench.PassAsync(twin, TimeSpan.FromHours(1));
        Assert.StartsWith("+link@", Assert.Single(bench.Around.Said), StringComparison.Ordinal);
    }

    // Real values move; what stands still for an hour would rightly be said.
    private static (string, string, string, string?)[] Moving(DateTime at, decimal nox)
    {
        var step = at.Minute % 2 == 0 ? 0.01m : -0.01m;
        return [("a21002", "Avg", (nox + (step * 10)).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture), "N"), ("a19001", "Avg", (16m + step).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), "N")];
    }

    private static FactorState Nox(StationSnapshot snapshot) => snapshot.Factors.Single(factor => factor.Factor == "a21002");
}
