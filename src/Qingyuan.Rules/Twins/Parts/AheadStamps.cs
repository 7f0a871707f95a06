using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Alarms.Conditions;

namespace Qingyuan.Rules.Twins.Parts;

/// <summary>Stamps that lie far ahead of our clock. Such values are kept as sent, but must not become the newest the twin knows: nothing true would be newer.</summary>
internal static class AheadStamps
{
    /// <summary>The report without what claims to come from the future; notes the wrong clock, until the next true stamp.</summary>
    public static TwinReport Without(TwinTurn turn, TwinReport report)
    {
        var latest = report.Received.Wall + turn.Settings.Thresholds.AheadWithin;
        if (report.DataTime is not { } stamp) return Sampled(report, latest);
        var ahead = stamp > latest;
        if (ahead || !turn.IsQuiet)
            turn.Set(ahead, new(
                SignalKind.ClockSkew, "clock:stamp", SignalSeverity.Warning, null, SignalMessages.ClockSkew, ClockSkew.Id,
                ("seconds", decimal.Round((decimal)(stamp - report.Received.Wall).TotalSeconds, 1)), ("limit", (int)turn.Settings.Thresholds.AheadWithin.TotalSeconds)),
                report.Received.Wall, report.Frame);
        if (!ahead) return Sampled(report, latest);
        Heard(turn, report);
        return report with { DataTime = null, Built = report.Built > latest ? null : report.Built, Values = [] };
    }

    private static TwinReport Sampled(TwinReport report, DateTime latest)
    {
        for (var at = 0; at < report.Values.Count; at++)
            if (report.Values[at].SampleTime > latest) return report with { Values = [.. report.Values.Select(value => value.SampleTime > latest ? value with { SampleTime = null } : value)] };
        return report;
    }

    // The logger does send its values: with a wrong clock, but they are not missing.
    private static void Heard(TwinTurn turn, TwinReport report)
    {
        if (report.Command != "2011" || !Hearing.IsLive(report, turn.Settings)) return;
        foreach (var value in report.Values)
            turn.State = turn.State with { Factors = turn.State.Factors.With(value.Factor, turn.State.Factor(value.Factor) with { HeardAt = report.Received.At }) };
    }
}
