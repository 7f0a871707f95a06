using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Alarms.Conditions;
using Qingyuan.Rules.Twins;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>A twin's state as people see it.</summary>
internal static class Snapshots
{
    public static StationSnapshot Of(int stationNo, TwinState state, Moment now, TwinSettings settings) => new()
    {
        StationNo = stationNo,
        Link = Light(Lights.Link(state, now, settings)),
        Logger = Light(Lights.Logger(state, now, settings)),
        ClockSkewSeconds = state.Clock.Skew?.TotalSeconds,
        Remote = state.Link.Remote,
        LastHeardAt = state.Link.HeardAt,
        Factors = [.. settings.Factors.Select(factor => factor.Code).Union(state.Factors.Codes, StringComparer.Ordinal).Select(code => Factor(state, settings.Factor(code), now, settings))],
        Analysers = [.. settings.Factors.Where(factor => factor.Analyser is not null).GroupBy(factor => factor.Analyser!).Select(group => Analyser(state, group.Key, group, now, settings))],
        DeviceStates = state.Devices,
        Marks = [.. state.Marks.GroupBy(mark => (mark.Mark, mark.From)).Select(group => new OpenMark(
            group.Key.Mark, [.. group.SelectMany(mark => mark.Factors).Distinct()], group.Key.From, string.Join(' ', group.Select(mark => mark.Source))))],
        AsOf = now.At,
    };

    private static FactorState Factor(TwinState state, TwinFactor factor, Moment now, TwinSettings settings)
    {
        var track = state.Factor(factor.Code);
        return new(
            factor.Code, Light(Lights.Factor(state, factor, now, settings)), track.Text, track.Converted, track.Flag, track.Sample?.SampledAt, track.Sample?.ReceivedAt,
            Lights.Verdict(state, factor, settings), track.Sample?.Frame);
    }

    private static AnalyserState Analyser(TwinState state, string name, IEnumerable<TwinFactor> factors, Moment now, TwinSettings settings)
    {
        string[] codes = [.. factors.Select(factor => factor.Code)];
        var said = codes.Select(code => state.Devices.GetValueOrDefault("i12001:" + code)).FirstOrDefault(value => value is not null);
        return new(name, Light(Lights.Analyser(state, name, now, settings)), said, codes);
    }

    private static Liveness Light(LifeSign sign) => sign switch
    {
        LifeSign.Live => Liveness.Live,
        LifeSign.Late => Liveness.Late,
        LifeSign.Dead => Liveness.Dead,
        LifeSign.Stopped => Liveness.Stopped,
        _ => Liveness.Unknown,
    };
}
