using System.Collections.Immutable;

namespace Qingyuan.Rules.Twins.Parts;

/// <summary>Which hours and days are due to be judged, in order, and again when late values come.</summary>
internal static class Periods
{
    /// <summary>Periods that one tick asks to be judged. Late values may touch a year of hours; the twin must go on listening meanwhile.</summary>
    private const int AtOnce = 48;

    private static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(1);

    /// <summary>Notes the hours the frame's values speak for.</summary>
    public static void Touch(TwinTurn turn, TwinReport report)
    {
        if (report.DataTime is not { } at || report.Values.Count == 0) return;
        if (report.Command is "2011" or "2051" or "2061") Touch(turn, Hour(at));
        if (turn.Settings.Medium is not Medium.Water) return;
        foreach (var value in report.Values)
        {
            // A result is tagged by the start of its sampling, which may lie in an earlier hour.
            if (value.SampleTime is not { } sampled || turn.State.Factor(value.Factor) is var track && track.LastCycle >= sampled) continue;
            turn.State = turn.State with { Factors = turn.State.Factors.With(value.Factor, track with { LastCycle = sampled }) };
            Touch(turn, Hour(sampled));
        }
    }

    /// <summary>While history streams in, an hour is due as soon as data from clearly after it come.</summary>
    public static void DueByStamp(TwinTurn turn, TwinReport report)
    {
        if (report.DataTime is not { } at || report.Command is not ("2011" or "2051")) return;
        var passed = at < turn.Now.Wall ? at : turn.Now.Wall;
        // Only the stream that filled the hour may close it. Late values come in a row: the clock asks again when they pause.
        for (var hour = Hour(at).AddHours(-3); hour.AddHours(1) + turn.Settings.Thresholds.PeriodGrace <= passed; hour = hour.AddHours(1))
            if (at <= hour.AddHours(3) && !(hour < turn.State.NewestHour) && turn.State.PendingHours.ContainsKey(hour)) Due(turn, hour);
    }

    /// <summary>By the clock: hours and days that are over, had time for their last frames and are quiet.</summary>
    public static void DueByClock(TwinTurn turn)
    {
        Hours(turn);
        Silent(turn);
        Days(turn);
    }

    // Each twin asks this every few seconds, and hardly ever is anything due.
    private static void Hours(TwinTurn turn)
    {
        var limits = turn.Settings.Thresholds;
        if (!IsOver(turn.State.PendingHours, TimeSpan.FromHours(1) + limits.PeriodGrace, turn.Now)) return;
        var hours = turn.State.PendingHours.Where(hour => hour.Key.AddHours(1) + limits.PeriodGrace <= turn.Now.Wall && hour.Value + limits.PeriodQuiet <= turn.Now.At);
        foreach (var (hour, _) in hours.Take(AtOnce)) Due(turn, hour);
    }

    private static void Days(TwinTurn turn)
    {
        var limits = turn.Settings.Thresholds;
        if (!IsOver(turn.State.PendingDays, TimeSpan.FromDays(1) + (limits.PeriodGrace * 2), turn.Now)) return;
        var open = turn.State.PendingHours.Keys.Select(hour => hour.Date).ToHashSet();
        var days = turn.State.PendingDays.Where(day =>
            day.Key.AddDays(1) + limits.PeriodGrace * 2 <= turn.Now.Wall && day.Value + limits.PeriodQuiet <= turn.Now.At && !open.Contains(day.Key));
        foreach (var (day, _) in days.Take(AtOnce)) DayIsDue(turn, day);
    }

    // In order of time: when the oldest is not over, none is.
    private static bool IsOver(ImmutableSortedDictionary<DateTime, DateTimeOffset> pending, TimeSpan after, Moment now)
    {
        foreach (var (oldest, _) in pending) return oldest + after <= now.Wall;
        return false;
    }

    /// <summary>A judged hour makes its day due again.</summary>
    public static void HourDone(TwinTurn turn, DateTime hour) =>
        turn.State = turn.State with { PendingDays = turn.State.PendingDays.SetItem(hour.Date, turn.Now.At) };

    // An hour in which nothing came is judged too, so that the gap is a row and not a hole. One a tick.
    private static void Silent(TwinTurn turn)
    {
        if (turn.State.NewestHour is not { } newest || turn.State.PendingHours.Count > 0) return;
        var next = newest.AddHours(1);
        var paused = turn.State.Link.HeardAt is not { } heard || heard + SilentAfter <= turn.Now.At || turn.State.Link.DataAt > turn.Now.At - SilentAfter;
        if (paused && next.AddHours(1) + turn.Settings.Thresholds.PeriodGrace <= turn.Now.Wall) Due(turn, next);
    }

    private static void Due(TwinTurn turn, DateTime hour)
    {
        turn.State = turn.State with { PendingHours = turn.State.PendingHours.Remove(hour) };
        turn.Add(new HourDue(hour));
    }

    private static void DayIsDue(TwinTurn turn, DateTime day)
    {
        turn.State = turn.State with { PendingDays = turn.State.PendingDays.Remove(day) };
        turn.Add(new DayDue(day));
    }

    private static void Touch(TwinTurn turn, DateTime hour) => turn.State = turn.State with { PendingHours = turn.State.PendingHours.SetItem(hour, turn.Now.At) };

    private static DateTime Hour(DateTime at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerHour));
}
