using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Alarms.Conditions;

namespace Qingyuan.Rules.Twins.Parts;

/// <summary>Who is heard: link, logger, factors, and the logger's clock.</summary>
internal static class Hearing
{
    public static void Apply(TwinTurn turn, TwinReport report)
    {
        var link = turn.State.Link with { HeardAt = Later(turn.State.Link.HeardAt, report.Received.At) };
        // Who tells of his shelter's temperature measures nothing yet.
        if (report.Values.Count > 0 && report.Command is not ("3020" or "sensor") && IsLive(report, turn.Settings)) link = link with { DataAt = Later(link.DataAt, report.Received.At) };
        turn.State = turn.State with { Link = link };
        Clock(turn, report);
    }

    /// <summary>Backfill proves no present life. A frame's age is told by the logger's own two clocks where it carries both, so a wrong clock looks live.</summary>
    public static bool IsLive(TwinReport report, TwinSettings settings)
    {
        if (report.DataTime is not { } stamp) return true;
        var age = (report.Built ?? report.Received.Wall) - stamp;
        return age < settings.Thresholds.LiveWithin + Period(report.Command) && age > -settings.Thresholds.LiveWithin;
    }

    public static void LinkChanged(TwinTurn turn, bool connected, string remote)
    {
        var link = turn.State.Link;
        if (link.Connected == connected) turn.State = turn.State with { Link = link with { Remote = remote } };
        else
        {
            turn.State = turn.State with { Link = link with { Connected = connected, Remote = remote, ChangedAt = turn.Now.At } };
            turn.Add(new StateChange("station.link", turn.Now.Wall, null, new Dictionary<string, string> { ["state"] = connected ? "up" : "down", ["remote"] = remote }, null));
        }

        if (connected) turn.Clear(LinkDown(TimeSpan.Zero), turn.Now.Wall, null);
    }

    public static void Tick(TwinTurn turn)
    {
        if (turn.State.Link.HeardAt is null && turn.State.Link.Connected is null) return;
        if (turn.State.Link.Connected is true) Missing(turn);
        else LinkMissing(turn);
    }

    /// <summary>Silence since <paramref name="heard"/>, never counted from before we listened; null when never heard.</summary>
    public static TimeSpan? Silence(TwinState state, DateTimeOffset? heard, Moment now) =>
        heard is { } at ? now.At - (at > state.StartedAt ? at : state.StartedAt) : null;

    private static void LinkMissing(TwinTurn turn)
    {
        var since = Later(turn.State.Link.ChangedAt, turn.State.StartedAt);
        var silence = turn.Now.At - since;
        if (silence >= turn.Settings.Thresholds.Liveness.LinkDownAfter && !turn.Has("link")) turn.Raise(LinkDown(silence), turn.Now.Wall - silence, null);
    }

    private static void Missing(TwinTurn turn)
    {
        var dead = LivenessRule.DeadAfter(turn.Settings.RealtimeInterval, turn.Settings.Thresholds.Liveness);
        var silence = turn.Now.At - Later(Later(turn.State.Link.DataAt, turn.State.Link.ChangedAt), turn.State.StartedAt);
        if (silence > dead || !turn.IsQuiet) turn.Set(silence > dead, MissingAll(silence), turn.Now.Wall - (silence > dead ? silence : TimeSpan.Zero), null);
        // What misses everything misses no single factor.
        foreach (var factor in turn.Settings.Factors) Missing(turn, factor, dead, everything: silence > dead);
    }

    private static void Missing(TwinTurn turn, TwinFactor factor, TimeSpan dead, bool everything)
    {
        var track = turn.State.Factor(factor.Code);
        // Never heard at all is a matter of filing, not of missing data.
        if (Silence(turn.State, track.HeardAt, turn.Now) is not { } silence) return;
        var allowed = factor.Cycle is { } cycle && cycle * 2 > dead ? cycle * 2 : dead;
        var idle = factor.Cycle is not null && Readings.IsFlowZero(turn);
        if (everything || (silence > allowed && idle) || (silence <= allowed && turn.IsQuiet)) return;
        turn.Set(silence > allowed, MissingFactor(factor.Code, silence), turn.Now.Wall - (silence > allowed ? silence : TimeSpan.Zero), null);
    }

    private static void Clock(TwinTurn turn, TwinReport report)
    {
        if (report.Built is not { } built) return;
        var settings = turn.Settings.Thresholds.Clock;
        var clock = ClockSkew.After(turn.State.Clock, built, report.Received.At, report.Received.Wall, settings);
        turn.State = turn.State with { Clock = clock };
        if (!clock.Wrong && turn.IsQuiet) return;
        var seconds = decimal.Round((decimal)clock.Skew!.Value.TotalSeconds, 1);
        turn.Set(clock.Wrong, new(
            SignalKind.ClockSkew, "clock", SignalSeverity.Warning, null, SignalMessages.ClockSkew, ClockSkew.Id,
            ("seconds", seconds), ("limit", (int)settings.Limit.TotalSeconds)), report.Received.Wall, report.Frame);
    }

    // An hourly mean of 08 comes after 09:00 and is no backfill.
    private static TimeSpan Period(string command) => command switch
    {
        "2061" => TimeSpan.FromHours(1),
        "2031" => TimeSpan.FromDays(1),
        _ => TimeSpan.Zero,
    };

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => other is { } known ? Later(one, known) : one;

    private static Trouble LinkDown(TimeSpan silence) => new(
        SignalKind.LinkDown, "link", SignalSeverity.Serious, null, SignalMessages.LinkDown, LivenessRule.Id, ("minutes", (int)silence.TotalMinutes));

    private static Trouble MissingAll(TimeSpan silence) => new(
        SignalKind.MissingData, "missing", SignalSeverity.Serious, null, SignalMessages.MissingAll, LivenessRule.Id, ("minutes", (int)silence.TotalMinutes));

    private static Trouble MissingFactor(string factor, TimeSpan silence) => new(
        SignalKind.MissingData, "missing:" + factor, SignalSeverity.Warning, factor, SignalMessages.MissingFactor, LivenessRule.Id, ("minutes", (int)silence.TotalMinutes));
}
