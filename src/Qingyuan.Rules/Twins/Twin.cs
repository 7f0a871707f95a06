using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Twins.Parts;

namespace Qingyuan.Rules.Twins;

/// <summary>The state after a turn and what must be done.</summary>
public sealed record TwinOutcome(TwinState State, IReadOnlyList<TwinEffect> Effects);

/// <summary>The pure station twin (站点孪生): every turn takes a state and gives a new one with effects. No clock, no I/O; the same turns give the same result.</summary>
[Clause("《污染源自动监测系统数智化运行维护技术规范》编制说明 2024", "5.6.2", Certainty = "SINGLE")]
public static class Twin
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("TWIN", "1");

    /// <summary>A frame was accepted.</summary>
    public static TwinOutcome Apply(TwinState state, TwinReport report, TwinSettings settings)
    {
        var turn = new TwinTurn(state, settings, report.Received);
        Hearing.Apply(turn, report);
        report = AheadStamps.Without(turn, report);
        Readings.Apply(turn, report);
        DeviceReports.Apply(turn, report);
        CheckReports.Apply(turn, report);
        if (report.DataTime is { } stamp) Marks.Close(turn, stamp);
        MinuteDetectors.Run(turn, report);
        Periods.Touch(turn, report);
        Periods.DueByStamp(turn, report);
        return turn.Outcome;
    }

    /// <summary>A frame from an archive file: its periods are judged, but it says nothing about now.</summary>
    public static TwinOutcome ApplyImported(TwinState state, TwinReport report, TwinSettings settings)
    {
        var turn = new TwinTurn(state, settings, report.Received);
        Periods.Touch(turn, AheadStamps.Without(turn, report));
        return turn.Outcome;
    }

    /// <summary>A connection that speaks for the station opened or closed.</summary>
    public static TwinOutcome LinkChanged(TwinState state, bool connected, string remote, Moment at, TwinSettings settings)
    {
        var turn = new TwinTurn(state, settings, at);
        Hearing.LinkChanged(turn, connected, remote);
        return turn.Outcome;
    }

    /// <summary>Time has passed.</summary>
    public static TwinOutcome Tick(TwinState state, Moment now, TwinSettings settings)
    {
        var turn = new TwinTurn(state, settings, now);
        Hearing.Tick(turn);
        Marks.Close(turn, now.Wall);
        Periods.DueByClock(turn);
        return turn.Outcome;
    }

    /// <summary>An hour has a new judgement.</summary>
    /// <param name="state">Before.</param>
    /// <param name="hour">First moment, wall clock.</param>
    /// <param name="results">Judged factors, by code.</param>
    /// <param name="isNew">The judgement differs from the one stored before; an old period that was judged alike again says nothing new.</param>
    /// <param name="now">Our clock.</param>
    /// <param name="settings">As filed.</param>
    public static TwinOutcome HourJudged(TwinState state, DateTime hour, IReadOnlyList<JudgedFactor> results, bool isNew, Moment now, TwinSettings settings)
    {
        var turn = new TwinTurn(state, settings, now);
        Limits.Hour(turn, hour, results, isNew);
        if (isNew) Periods.HourDone(turn, hour);
        return turn.Outcome;
    }

    /// <summary>A day has a new judgement.</summary>
    public static TwinOutcome DayJudged(TwinState state, DateTime day, IReadOnlyList<JudgedFactor> results, bool isNew, Moment now, TwinSettings settings)
    {
        var turn = new TwinTurn(state, settings, now);
        Limits.Day(turn, day, results, isNew);
        return turn.Outcome;
    }
}
