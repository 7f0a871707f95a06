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
        foreach (var value in report.Values)
        {
            if (value.Quantity != (realtime ? "Rtd" : "Avg")) continue;
            if (realtime) Realtime(turn, report, at, value, live);
            else Minute(turn, report, at, value);
        }
    }

    /// <summary>True when the newest water flow is zero: nothing is due then.</summary>
    public static bool IsFlowZero(TwinState state) => state.Factor(FactorCodes.WaterFlow).Number is <= 0m;

    private static void Realtime(TwinTurn turn, TwinReport report, DateTime at, TwinValue value, bool live)
    {
        var factor = turn.Settings.Factor(value.Factor);
        var before = turn.State.Factor(value.Factor);
        var state = DataMarks.Read(value.Flag, turn.Settings.Flags);
        var number = WireNumber.Parse(value.Text)?.Value;
        var converted = Converted(turn.Settings, factor, report, number);
        var counted = number is not null && DataMarks.Counts(state) ? number : null;
        var track = before with { HeardAt = live ? report.Received.At : before.HeardAt, Trail = before.Trail.After(at, counted, counted is null ? null : converted) };
        if (before.SampledAt is null || at >= before.SampledAt)
            track = track with
            {
                Text = value.Text, Number = number, Flag = value.Flag, State = state, SampledAt = at, ReceivedAt = report.Received.At, Frame = report.Frame,
                Converted = converted is { } c ? Rounding.HalfEven(c, factor.Decimals).ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
            };
        Store(turn, value.Factor, Same(turn, factor, track, at, value, counted));
        if (before.SampledAt is null || at >= before.SampledAt) Newest(turn, report, factor, before.State, state, at);
    }

    private static void Minute(TwinTurn turn, TwinReport report, DateTime at, TwinValue value)
    {
        var factor = turn.Settings.Factor(value.Factor);
        var before = turn.State.Factor(value.Factor);
        var state = DataMarks.Read(value.Flag, turn.Settings.Flags);
        var counted = DataMarks.Counts(state) ? WireNumber.Parse(value.Text)?.Value : null;
        var track = before;
        if (counted is { } number)
            track = track with { Trail = before.Trail.AfterMinuteData(at, Math.Max(1, (int)turn.Settings.MinuteInterval.TotalMinutes), number, Converted(turn.Settings, factor, report, number)) };
        // A logger that sends real-time values is judged by those; minute data speak where none come.
        if (before.SampledAt is null || at > before.SampledAt.Value.AddMinutes(5))
        {
            track = Same(turn, factor, track, at, value, counted) with { State = state, Flag = value.Flag };
            Store(turn, value.Factor, track);
            Newest(turn, report, factor, before.State, state, at);
        }
        else Store(turn, value.Factor, track);
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

    private static FactorTrack Same(TwinTurn turn, TwinFactor factor, FactorTrack track, DateTime at, TwinValue value, decimal? counted)
    {
        if (counted is null || (factor.Cycle is not null && IsFlowZero(turn.State))) return track with { Same = SameText.None };
        var sampled = factor.Cycle is { } cycle ? value.SampleTime ?? Window(at, cycle) : (DateTime?)null;
        var same = track.Same.After(value.Text, at, sampled);
        if (same.Text != track.Same.Text) turn.State = turn.State with { MovedAt = turn.State.MovedAt.SetItem(factor.Code, at) };
        return track with { Same = same };
    }

    private static void Newest(TwinTurn turn, TwinReport report, TwinFactor factor, DataState before, DataState state, DateTime at)
    {
        if (before != state || state is not DataState.Normal) Marks.FromFlag(turn, report, factor, before, state, at);
        Stuck(turn, report, factor, at);
        Fault(turn, report, factor, state, at);
    }

    private static void Stuck(TwinTurn turn, TwinReport report, TwinFactor factor, DateTime at)
    {
        var same = turn.State.Factor(factor.Code).Same;
        var settings = turn.Settings.Thresholds.Stuck;
        var cause = "stuck:" + factor.Code;
        if (turn.Settings.Medium is Medium.Water)
        {
            if (factor.Cycle is null) return;
            turn.Set(StuckValue.IsStuckOverCycles(same, !IsFlowZero(turn.State), settings), new(
                SignalKind.StuckValue, cause, SignalSeverity.Warning, factor.Code, SignalMessages.StuckCycles, StuckValue.Id,
                ("value", same.Text), ("unit", factor.Unit), ("cycles", same.Results)), at, report.Frame);
            return;
        }

        if (factor.Limit is null && factor.Code != FactorCodes.Oxygen) return;
        var moved = turn.State.MovedAt.Where(each => each.Key != factor.Code).Select(each => (DateTime?)each.Value).Max();
        turn.Set(StuckValue.IsStuck(same, moved, settings), new(
            SignalKind.StuckValue, cause, SignalSeverity.Warning, factor.Code, SignalMessages.Stuck, StuckValue.Id,
            ("value", same.Text), ("unit", factor.Unit), ("minutes", (int)(same.Newest - same.Since).TotalMinutes)), same.Text is null ? at : same.Since, report.Frame);
    }

    // One alarm an analyser, however many of its factors carry the mark.
    private static void Fault(TwinTurn turn, TwinReport report, TwinFactor factor, DataState state, DateTime at)
    {
        var trouble = new Trouble(
            SignalKind.DeviceFault, "device:" + factor.Device, SignalSeverity.Warning, factor.Code, SignalMessages.DeviceFault, DataMarks.Id,
            ("device", factor.Device), ("name", "flag"), ("state", turn.State.Factor(factor.Code).Flag));
        if (state is DataState.Fault) turn.Raise(trouble, at, report.Frame);
        else if (turn.Has(trouble.Cause) && !turn.Settings.Factors.Any(each => each.Device == factor.Device && turn.State.Factor(each.Code).State is DataState.Fault))
            turn.Clear(trouble, at, report.Frame);
    }

    private static DateTime Window(DateTime at, TimeSpan cycle) => at.Date + TimeSpan.FromTicks((at - at.Date).Ticks / cycle.Ticks * cycle.Ticks);

    private static void Store(TwinTurn turn, string factor, FactorTrack track) => turn.State = turn.State with { Factors = turn.State.Factors.SetItem(factor, track) };
}
