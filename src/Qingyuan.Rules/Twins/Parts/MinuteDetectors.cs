using System.Globalization;
using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Alarms.Conditions;
using Qingyuan.Rules.Diagnosis;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Twins.Parts;

/// <summary>What looks at whole minutes: a climb towards a limit, a sampling leak. Runs once a closed minute, on present data only.</summary>
internal static class MinuteDetectors
{
    private const string LeakCause = "leak";

    public static void Run(TwinTurn turn, TwinReport report)
    {
        if (turn.Settings.Medium is not Medium.Gas || report.Values.Count == 0 || !Hearing.IsLive(report, turn.Settings)) return;
        if (Newest(turn.State.Factors) is not { } newest || newest <= turn.State.DetectedThrough) return;
        turn.State = turn.State with { DetectedThrough = newest };
        Leak(turn, report, newest);
        foreach (var factor in turn.Settings.Factors) Climb(turn, report, factor, newest);
    }

    private static DateTime? Newest(FactorTracks factors)
    {
        DateTime? newest = null;
        foreach (var track in factors.Values)
            if (track.Trail.Newest is { } at && !(newest >= at)) newest = at;
        return newest;
    }

    private static void Climb(TwinTurn turn, TwinReport report, TwinFactor factor, DateTime newest)
    {
        if (factor.Limit is not { Upper: { } limit, Basis: not LimitBasisKind.DailyMean }) return;
        var cause = "climbing:" + factor.Code;
        var points = turn.State.Factor(factor.Code).Trail.Points;
        if (points.Length == 0 || points[^1].At != newest) return;
        var converted = turn.Settings.IsConverted(factor);
        var window = Window(points.AsSpan(), turn.Settings.Thresholds.Climbing.Minutes, converted);
        if (window.Length == 0) return;
        var means = Array.ConvertAll(window, point => converted ? point.Converted!.Value : point.Mean);
        var known = turn.Has(cause);
        var climbs = Climbing.Judge(known, means, limit, turn.Settings.Thresholds.Climbing) && (known || !converted || Rises(window)) && turn.State.Leak is null;
        if (!climbs && !known) return; // nearly always: what follows is for telling
        var value = Rounding.HalfEven(means[^1], factor.Decimals);
        turn.Set(climbs, new(
            SignalKind.EarlyWarning, cause, SignalSeverity.Warning, factor.Code, SignalMessages.Climbing, Climbing.Id,
            ("value", value), ("limit", limit), ("unit", factor.Unit), ("share", Rounding.HalfEven(means[^1] / limit * 100m, 0))), newest, report.Frame);
    }

    private static MinutePoint[] Window(ReadOnlySpan<MinutePoint> points, int minutes, bool converted)
    {
        points = points[Math.Max(0, points.Length - minutes)..];
        return converted ? Array.FindAll(points.ToArray(), point => point.Converted is not null) : points.ToArray();
    }

    // Oxygen alone lifts a converted value: a climb needs the measured one to carry at least half of it.
    private static bool Rises(MinutePoint[] window)
    {
        var (first, last) = (window[0], window[^1]);
        return first is { Mean: > 0m, Converted: > 0m } && (last.Mean / first.Mean) - 1m >= ((last.Converted!.Value / first.Converted.Value) - 1m) / 2;
    }

    private static void Leak(TwinTurn turn, TwinReport report, DateTime newest)
    {
        var oxygen = turn.State.Factor(FactorCodes.Oxygen).Trail;
        var settings = turn.Settings.Thresholds.Leak;
        if (turn.State.Leak is { } leak)
        {
            if (!AirInLeakage.IsOver(oxygen, leak.OxygenBefore, settings)) return;
            turn.State = turn.State with { Leak = null };
            turn.Clear(Suspected(leak.OxygenBefore, oxygen.Points[^1].Mean, 0m, null), newest, report.Frame);
            return;
        }

        if (!AirInLeakage.IsOxygenHigh(oxygen, settings)) return;
        var gases = turn.Settings.Factors.Where(factor => FactorCodes.IsGasPollutant(factor.Code)).Select(factor => (factor.Code, turn.State.Factor(factor.Code).Trail)).ToArray();
        MinuteTrail[] load = [.. new[] { FactorCodes.Velocity, FactorCodes.FlueTemperature }.Select(code => turn.State.Factor(code).Trail).Where(trail => trail.Points.Length > 0)];
        if (AirInLeakage.Detect(oxygen, gases, load, settings) is not { } finding) return;
        turn.State = turn.State with { Leak = new(finding.Figures["oxygenBefore"], [.. finding.Evidence.Select(each => each.Factor)]) };
        turn.Add(new FindingEffect(finding));
        turn.Raise(Suspected(finding.Figures["oxygenBefore"], finding.Figures["oxygen"], finding.Figures["dilution"], finding), finding.Since, report.Frame);
    }

    private static Trouble Suspected(decimal before, decimal oxygen, decimal dilution, Finding? finding) => new(
        SignalKind.SuspectedFault, LeakCause, SignalSeverity.Serious, FactorCodes.Oxygen, SignalMessages.SuspectedLeak, AirInLeakage.Id,
        ("oxygenBefore", Rounding.HalfEven(before, 2)), ("oxygen", Rounding.HalfEven(oxygen, 2)), ("dilution", Rounding.HalfEven(dilution, 0)),
        ("factors", finding is null ? null : string.Join(' ', finding.Evidence.Select(each => each.Factor))), ("evidence", finding is null ? null : Text(finding)));

    private static string Text(Finding finding) => string.Join("; ", finding.Evidence.Select(each => string.Create(
        CultureInfo.InvariantCulture, $"{each.Factor} {Rounding.HalfEven(each.Before, 1)} → {Rounding.HalfEven(each.Measured, 1)} / {Rounding.HalfEven(each.Expected, 1)}")));
}
