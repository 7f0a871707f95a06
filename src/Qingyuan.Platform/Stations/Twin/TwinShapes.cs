using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Alarms.Conditions;
using Qingyuan.Rules.Twins;
using Qingyuan.Rules.Validity;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>Between the platform's records and those of the rules.</summary>
internal static class TwinShapes
{
    // Thousands of stations are filed alike, and share one list of factors.
    private static readonly ConditionalWeakTable<IReadOnlyList<FactorSetting>, ConcurrentDictionary<(StationKind, FlagTable, decimal?, int, int), TwinSettings>> Shared = [];

    public static TwinSettings Settings(StationInfo station) => Shared.GetOrCreateValue(station.Factors).GetOrAdd(
        (station.Kind, station.Flags, station.ReferenceOxygen, station.RealtimeSeconds, station.MinuteInterval), static (_, station) => Make(station), station);

    private static TwinSettings Make(StationInfo station) => new(
        station.Kind is StationKind.Gas ? Medium.Gas : Medium.Water,
        station.Flags is FlagTable.Hj75 ? FlagLetters.Hj75 : FlagLetters.Hj212,
        station.ReferenceOxygen,
        TimeSpan.FromSeconds(station.RealtimeSeconds),
        TimeSpan.FromMinutes(station.MinuteInterval),
        [.. station.Factors.DistinctBy(factor => factor.Code).Select(Factor)]);

    public static TwinReport Report(StationReport report) => new(
        report.Frame.ToString(), Moment(report.ReceivedAt), report.Command, report.DataTime, report.RequestTime,
        Each(report.Values, static value => new TwinValue(value.Factor, value.Quantity, value.Text, value.Flag, value.SampleTime)), report.Fields);

    /// <summary>A stored frame's values, told again to a twin that begins.</summary>
    public static TwinReport Report(ReportedValues frame) => new(
        frame.Frame.ToString(), Moment(frame.ReceivedAt), frame.Resolution is Resolution.Realtime ? "2011" : "2051", frame.DataTime, null,
        Each(frame.Values, static value => new TwinValue(value.Factor, value.Quantity, value.Text, value.Flag, value.SampleTime)), []);

    /// <summary>What goes into the chunk; null when the frame carries no measured values of a period we keep.</summary>
    public static ReportedValues? Values(StationReport report) => report is { DataTime: { } at, Values.Count: > 0, Resolution: { } resolution }
        ? new(report.Frame, resolution, at, report.ReceivedAt, Each(report.Values, static value => new ReportedValue(value.Factor, value.Quantity, value.Text, value.Flag, value.SampleTime)))
        : null;

    public static Moment Moment(DateTimeOffset at) => new(at, StationClock.Wall(at));

    private static TTo[] Each<TFrom, TTo>(IReadOnlyList<TFrom> values, Func<TFrom, TTo> shape)
    {
        var shaped = new TTo[values.Count];
        for (var at = 0; at < shaped.Length; at++) shaped[at] = shape(values[at]);
        return shaped;
    }

    private static TwinFactor Factor(FactorSetting factor) => new(
        factor.Code, factor.Unit, factor.Decimals, factor.Limit is { } limit ? Limit(limit) : null,
        factor.CycleMinutes is > 0 and { } cycle ? TimeSpan.FromMinutes(cycle) : null, factor.RangeUpper, factor.Analyser);

    private static LimitRule Limit(EmissionLimit limit) => new(limit.Upper, limit.Lower, limit.ColdUpper, limit.Basis switch
    {
        LimitBasis.HourlyConverted => LimitBasisKind.HourlyConverted,
        LimitBasis.DailyMean => LimitBasisKind.DailyMean,
        _ => LimitBasisKind.HourlyMean,
    });
}
