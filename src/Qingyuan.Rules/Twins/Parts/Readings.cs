using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Alarms.Conditions;
using Qingyuan.Rules.Emissions;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Validity;

namespace Qingyuan.Rules.Twins.Parts;

/// <summary>Real-time and minute values: newest values, what their marks say, whether they stand still.</summary>
internal static class Readings
{
    public static void Apply(TwinTurn turn, TwinReport report)
    {
        if (report.DataTime is not { } at || report.Command is not ("2011" or "2051")) return;
        var realtime = report.Command == "2011";
        var live = Hearing.IsLive(report, turn.Settings);
        var sample = new Sample(at, report.Received.At, report.Frame);
        foreach (var value in report.Values)
        {
            if (value.Quantity != (realtime ? "Rtd" : "Avg")) continue;
            if (realtime) Realtime(turn, report, sample, value, live);
            else Minute(turn, report, at, value);
        }
    }

    /// <summary>True when the newest water flow is zero: nothing is due then.</summary>
    public static bool IsFlowZero(TwinTurn turn) => turn.Factor(FactorCodes.WaterFlow).Number is <= 0m;

    private static void Realtime(TwinTurn turn, TwinReport report, Sample sample, TwinValue value, bool live)
    {
        var at = sample.SampledAt;
        var factor = turn.Settings.Factor(value.Factor);
        var before = turn.Factor(value.Factor);
        var state = DataMarks.Read(value.Flag, turn.Settings.Flags);
        var number = WireNumber.Parse(value.Text)?.Value;
        var converted = Converted(turn.Settings, factor, report, number);
        var counted = number is not null && DataMarks.Counts(state) ? number : null;
        var (heard, trail) = (live ? report.Received.At : before.HeardAt, turn.Settings.Medium is Medium.Gas ? before.Trail.After(at, counted, counted is null ? null : converted) : before.Trail);
        var same = Same(turn, factor, before.Same, at, value, counted);
        var isNewest = before.Sample is null || at >= before.Sample.SampledAt;
        turn.Store(value.Factor, !isNewest ? before with { HeardAt = heard, Trail = trail, Same = same } : before with
        {
            Text = value.Text, Flag = value.Flag, State = state, Sample = sample,
            Converted = converted is { } c ? Rounding.HalfEven(c, factor.Decimals).ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
            HeardAt = heard, Trail = trail, Same = same,
        });
        if (isNewest) Newest(turn, report, factor, before.State, state, at);
    }

    private static void Minute(TwinTurn turn, TwinReport report, DateTime at, TwinValue value)
    {
        var factor = turn.Settings.Factor(value.Factor);
        var before = turn.Factor(value.Factor);
        var state = DataMarks.Read(value.Flag, turn.Settings.Flags);
        var counted = DataMarks.Counts(state) ? WireNumber.Parse(value.Text)?.Value : null;
        var track = before;
        if (counted is { } number && turn.Settings.Medium is Medium.Gas)
            track = track with { Trail = before.Trail.AfterMinuteData(at, Math.Max(1, (int)turn.Settings.MinuteInterval.TotalMinutes), number, Converted(turn.Settings, factor, report, number)) };
        // A logger that sends real-time values is judged by those; minute data speak where none come.
        if (before.Sample is null || at > before.Sample.SampledAt.AddMinutes(5))
        {
            turn.Store(value.Factor, track with { Same = Same(turn, factor, track.Same, at, value, counted), State = state, Flag = value.Flag });
            Newest(turn, report, factor, before.State, state, at);
        }
        else turn.Store(value.Factor, track);
    }

    // The logger's own converted value where it sends one, else ours from the oxygen of the same frame.
    private static decimal? Converted(TwinSettings settings, TwinFactor factor, TwinReport report, decimal? number)
    {
        if (!settings.IsConverted(factor) || number is not { } measured) return null;
        var (own, oxygenQuantity) = report.Command == "2011" ? ("ZsRtd", "Rtd") : ("ZsAvg", "Avg");
        decimal? oxygen = null;
        foreach (var value in report.Values)
        {
            if (value.Factor == factor.Code && value.Quantity == own && WireNumber.Parse(value.Text) is { } sent) return sent.Value;
            if (value.Factor == FactorCodes.Oxygen && value.Quantity == oxygenQuantity) oxygen = WireNumber.Parse(value.Text)?.Value;
        }

        return oxygen is { } o2 ? ReferenceOxygen.Convert(measured, o2, settings.ReferenceOxygen!.Value) : null;
    }

    private static SameText Same(TwinTurn turn, TwinFactor factor, SameText before, DateTime at, TwinValue value, decimal? counted)
    {
        if (counted is null || (factor.Cycle is not null && IsFlowZero(turn))) return SameText.None;
        var sampled = factor.Cycle is { } cycle ? value.SampleTime ?? Window(at, cycle) : (DateTime?)null;
        var same = before.After(value.Text, at, sampled);
        if (same.Text != before.Text) turn.Moves(factor.Code, at);
        return same;
    }

    private static void Newest(TwinTurn turn, TwinReport report, TwinFactor factor, DataState before, DataState state, DateTime at)
    {
        if (before != state || state is not DataState.Normal) Marks.FromFlag(turn, report, factor, before, state, at);
        Stuck(turn, report, factor, at);
        Fault(turn, report, factor, state, at);
    }

    private static void Stuck(TwinTurn turn, TwinReport report, TwinFactor factor, DateTime at)
    {
        var same = turn.Factor(factor.Code).Same;
        var settings = turn.Settings.Thresholds.Stuck;
        if (turn.Settings.Medium is Medium.Water)
        {
            if (factor.Cycle is null) return;
            var overCycles = StuckValue.IsStuckOverCycles(same, !IsFlowZero(turn), settings);
            if (!overCycles && turn.IsQuiet) return;
            turn.Set(overCycles, new(
                SignalKind.StuckValue, "stuck:" + factor.Code, SignalSeverity.Warning, factor.Code, SignalMessages.StuckCycles, StuckValue.Id,
                ("value", same.Text), ("unit", factor.Unit), ("cycles", same.Results)), at, report.Frame);
            return;
        }

        if (factor.Limit is null && factor.Code != FactorCodes.Oxygen) return;
        var isStuck = StuckValue.IsStuck(same, turn.Moved.Besides(factor.Code), settings);
        if (!isStuck && turn.IsQuiet) return;
        turn.Set(isStuck, new(
            SignalKind.StuckValue, "stuck:" + factor.Code, SignalSeverity.Warning, factor.Code, SignalMessages.Stuck, StuckValue.Id,
            ("value", same.Text), ("unit", factor.Unit), ("minutes", (int)(same.Newest - same.Since).TotalMinutes)), same.Text is null ? at : same.Since, report.Frame);
    }

    // One alarm an analyser, however many of its factors carry the mark.
    private static void Fault(TwinTurn turn, TwinReport report, TwinFactor factor, DataState state, DateTime at)
    {
        if (state is DataState.Fault || !turn.IsQuiet) TellFault(turn, report, factor, state, at);
    }

    private static void TellFault(TwinTurn turn, TwinReport report, TwinFactor factor, DataState state, DateTime at)
    {
        var trouble = new Trouble(
            SignalKind.DeviceFault, "device:" + factor.Device, SignalSeverity.Warning, factor.Code, SignalMessages.DeviceFault, DataMarks.Id,
            ("device", factor.Device), ("name", "flag"), ("state", turn.Factor(factor.Code).Flag));
        if (state is DataState.Fault) turn.Raise(trouble, at, report.Frame);
        else if (turn.Has(trouble.Cause) && !turn.Settings.Factors.Any(each => each.Device == factor.Device && turn.Factor(each.Code).State is DataState.Fault))
            turn.Clear(trouble, at, report.Frame);
    }

    private static DateTime Window(DateTime at, TimeSpan cycle) => at.Date + TimeSpan.FromTicks((at - at.Date).Ticks / cycle.Ticks * cycle.Ticks);
}
