using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Alarms.Conditions;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.Twins;
using Qingyuan.Rules.Validity;

namespace Qingyuan.Platform.Analysis.Reading;

/// <summary>Holds values against the filed limit by the alarm rule itself (<see cref="Exceedance"/>): the mean it is set for, rounded to the factor's decimals, and only values that count.</summary>
internal sealed class LimitJudge
{
    private const string Valid = "valid";

    private readonly TwinSettings _station;
    private readonly TwinFactor _factor;
    private readonly LimitRule _limit;
    private readonly bool _isDerived;

    private LimitJudge(StationInfo station, FactorSetting factor, EmissionLimit limit, bool isDerived)
    {
        _limit = new(limit.Upper, limit.Lower, limit.ColdUpper, Basis(limit.Basis));
        _factor = new(factor.Code, factor.Unit, factor.Decimals, _limit, null, null, null);
        _station = new(
            station.Kind is StationKind.Gas ? Medium.Gas : Medium.Water, station.Flags is FlagTable.Hj75 ? FlagLetters.Hj75 : FlagLetters.Hj212, station.ReferenceOxygen, TimeSpan.Zero, TimeSpan.Zero, [_factor]);
        _isDerived = isDerived;
    }

    /// <summary>True when another bound holds in cold water, so that the temperature of the same period must be known.</summary>
    public bool TakesWaterTemperature => _limit.ColdUpper is not null;

    /// <summary>Null when no limit is filed for means of this length.</summary>
    public static LimitJudge? Of(StationInfo station, AnalysisQuery query)
    {
        var factor = station.Factors.First(factor => factor.Code == query.Factor);
        return factor.Limit is { } limit && IsFor(limit.Basis, query.Resolution) ? new(station, factor, limit, query.Derived) : null;
    }

    /// <summary>True when the value counts: judged valid where the platform derived it, else by its mark. What came of calibration, maintenance or a fault exceeds nothing.</summary>
    public bool Counts(ReadingRow row) => _isDerived ? row.Verdict is Valid : DataMarks.Counts(DataMarks.Read(row.Flag, _station.Flags));

    /// <param name="row">Of the factor.</param>
    /// <param name="waterTemperature">Of the same period, °C; null when not known: then the warm, stricter bound holds.</param>
    public bool IsOver(ReadingRow row, decimal? waterTemperature) =>
        Counts(row) && RowReader.Number(_station.IsConverted(_factor) ? row.Converted : row.Value) is { } value && Exceedance.Judge(_limit, Rounding.HalfEven(value, _factor.Decimals), waterTemperature).Exceeded;

    private static bool IsFor(LimitBasis basis, Resolution resolution) => resolution is Resolution.Hour ? basis is not LimitBasis.DailyMean : resolution is Resolution.Day && basis is LimitBasis.DailyMean;

    private static LimitBasisKind Basis(LimitBasis basis) => basis switch
    {
        LimitBasis.HourlyConverted => LimitBasisKind.HourlyConverted,
        LimitBasis.DailyMean => LimitBasisKind.DailyMean,
        _ => LimitBasisKind.HourlyMean,
    };
}
