using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Validity.Contracts;
using Qingyuan.Rules.Diagnosis;
using Qingyuan.Rules.Twins;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>Does what a turn decided, in order. Each effect is idempotent, so a turn that failed half-way is simply taken again.</summary>
internal sealed class TwinEffects(ITwinSignals signals, IPeriodJudge judge, StateRecorder recorder, TimeProvider time)
{
    /// <returns>The state after the turn and after the judgements it asked for.</returns>
    public async Task<TwinState> CarryOutAsync(StationInfo station, TwinSettings settings, TwinOutcome outcome, CancellationToken ct)
    {
        var state = outcome.State;
        foreach (var effect in outcome.Effects)
        {
            switch (effect)
            {
                case SignalEffect { Signal: var signal }:
                    await signals.HandleAsync(station.StationNo, signal, ct);
                    break;
                case HourDue { Start: var hour }:
                    var judged = await judge.JudgeHourAsync(station.StationNo, settings, hour, ct);
                    state = await CarryOutAsync(station, settings, Twin(state, hour, judged, settings), ct);
                    break;
                case DayDue { Start: var day }:
                    var whole = await judge.JudgeDayAsync(station.StationNo, settings, day, ct);
                    state = await CarryOutAsync(station, settings, Rules.Twins.Twin.DayJudged(state, day, whole.Factors, whole.IsNew, Now(), settings), ct);
                    break;
                case StateChange change:
                    await recorder.RecordAsync(station, change);
                    break;
                case FindingEffect { Finding: var finding }:
                    await recorder.RecordAsync(station, Change(finding));
                    break;
            }
        }

        return state;
    }

    private TwinOutcome Twin(TwinState state, DateTime hour, JudgedPeriod judged, TwinSettings settings) =>
        Rules.Twins.Twin.HourJudged(state, hour, judged.Factors, judged.IsNew, Now(), settings);

    private Moment Now() => TwinShapes.Moment(time.GetUtcNow());

    private static StateChange Change(Finding finding)
    {
        var fields = finding.Figures.ToDictionary(figure => figure.Key, figure => Rules.Kernel.Rounding.HalfEven(figure.Value, 2).ToString(System.Globalization.CultureInfo.InvariantCulture));
        fields["finding"] = finding.Kind;
        fields["rule"] = finding.Rule;
        foreach (var each in finding.Evidence)
            fields[each.Factor] = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{each.Before:0.##} -> {each.Measured:0.##} (expected {each.Expected:0.##})");
        return new("finding.raise", finding.Since, null, fields, null);
    }
}
