using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Validity.Contracts;
using Qingyuan.Platform.Validity.Judging;
using Qingyuan.Rules.Twins;

namespace Qingyuan.Platform.Validity;

/// <summary>Loads, asks, stores. The store keeps a revision only when something differs.</summary>
internal sealed class PeriodJudge(ITelemetryReader reader, IDerivedStore derived) : IPeriodJudge
{
    public async Task<JudgedPeriod> JudgeHourAsync(int stationNo, TwinSettings settings, DateTime hour, CancellationToken ct)
    {
        var readings = await HourReadings.ReadAsync(reader, stationNo, settings, hour, ct);
        return await KeepAsync(stationNo, Resolution.Hour, hour, HourJudge.Judge(settings, hour, readings), ct);
    }

    public async Task<JudgedPeriod> JudgeDayAsync(int stationNo, TwinSettings settings, DateTime day, CancellationToken ct)
    {
        var hours = await derived.ReadAsync(stationNo, Resolution.Hour, day, day.AddDays(1), ct);
        return await KeepAsync(stationNo, Resolution.Day, day, DayJudge.Judge(settings, hours), ct);
    }

    private async Task<JudgedPeriod> KeepAsync(int stationNo, Resolution resolution, DateTime start, IReadOnlyList<JudgedFactor> factors, CancellationToken ct)
    {
        if (factors.Count == 0) return new(false, factors);
        var isNew = await derived.PutAsync(stationNo, resolution, start, [.. factors.Select(factor => DerivedText.Row(factor.Factor, factor.Judgement))], ct);
        return new(isNew, factors);
    }
}
