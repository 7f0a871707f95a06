using Qingyuan.Rules.Alarms.Conditions;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Twins.Parts;
using Qingyuan.Rules.Validity;

namespace Qingyuan.Rules.Twins;

/// <summary>The lights of a station: link, logger, analyser and factor each on its own, and what the rules make of the newest values.</summary>
[Clause("《污染源自动监测系统数智化运行维护技术规范》编制说明 2024", "5.6.2", Certainty = "SINGLE")]
public static class Lights
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("LIGHTS", "1");

    /// <summary>The connection. An open one that is silent is late, then dead.</summary>
    public static LifeSign Link(TwinState state, Moment now, TwinSettings settings)
    {
        var link = state.Link;
        if (link.Connected is null && link.HeardAt is null) return LifeSign.Unknown;
        if (link.Connected is true) return LivenessRule.Judge(now.At - (link.HeardAt > link.ChangedAt ? link.HeardAt : link.ChangedAt) ?? TimeSpan.Zero, settings.RealtimeInterval, settings.Thresholds.Liveness);
        var gone = now.At - (link.ChangedAt > state.StartedAt ? link.ChangedAt.Value : state.StartedAt);
        return gone >= settings.Thresholds.Liveness.LinkDownAfter ? LifeSign.Dead : LifeSign.Late;
    }

    /// <summary>The logger: does it send data, and what does it say of itself?</summary>
    public static LifeSign Logger(TwinState state, Moment now, TwinSettings settings) => state.Devices.GetValueOrDefault("i22001") is "1" or "3"
        ? LifeSign.Stopped
        : LivenessRule.Judge(Hearing.Silence(state, state.Link.DataAt, now), settings.RealtimeInterval, settings.Thresholds.Liveness);

    /// <summary>One factor. A water analyser is not expected more often than it measures, nor at zero flow.</summary>
    public static LifeSign Factor(TwinState state, TwinFactor factor, Moment now, TwinSettings settings)
    {
        var track = state.Factor(factor.Code);
        if (track.State is DataState.InstrumentStopped or DataState.Maintenance) return LifeSign.Stopped;
        var interval = factor.Cycle > settings.RealtimeInterval && track.HeardAt is null ? factor.Cycle.Value : settings.RealtimeInterval;
        return LivenessRule.Judge(Hearing.Silence(state, track.HeardAt, now), interval, settings.Thresholds.Liveness);
    }

    /// <summary>An analyser: as bad as the worst of its factors, and what it says of itself.</summary>
    public static LifeSign Analyser(TwinState state, string name, Moment now, TwinSettings settings)
    {
        var factors = settings.Factors.Where(factor => factor.Analyser == name).ToArray();
        var stopped = factors.Any(factor => state.Devices.GetValueOrDefault("i12001:" + factor.Code) is "1" or "9" or "10");
        return stopped ? LifeSign.Stopped : factors.Select(factor => Factor(state, factor, now, settings)).MaxBy(Badness);
    }

    /// <summary><c>normal</c>, <c>warning</c>, <c>exceeded</c>, <c>invalid</c> or <c>suspect</c>. A suspected leak is said before anything that a diluted value might say.</summary>
    public static string Verdict(TwinState state, TwinFactor factor, TwinSettings settings)
    {
        var track = state.Factor(factor.Code);
        if (state.Leak?.Factors.Contains(factor.Code) is true || state.Causes.ContainsKey("stuck:" + factor.Code)) return "suspect";
        if (track.Number is not { } number || !DataMarks.Counts(track.State)) return "invalid";
        if (state.Causes.ContainsKey("exceedance:" + factor.Code)) return "exceeded";
        return IsWarning(state, factor, settings.IsConverted(factor) ? WireNumber.Parse(track.Converted)?.Value : number) ? "warning" : "normal";
    }

    private static bool IsWarning(TwinState state, TwinFactor factor, decimal? value) =>
        state.Causes.ContainsKey("climbing:" + factor.Code)
        || state.Causes.ContainsKey("hour-over-daily:" + factor.Code)
        || (factor.Limit is { } limit && value is { } number && Exceedance.Judge(limit, number, state.Factor(FactorCodes.WaterTemperature).Number).Exceeded);

    private static int Badness(LifeSign sign) => sign switch
    {
        LifeSign.Dead => 4,
        LifeSign.Late => 3,
        LifeSign.Stopped => 2,
        LifeSign.Unknown => 1,
        _ => 0,
    };
}
