using System.Globalization;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Rules.Validity.Hj356;

/// <summary>What a discharge hour knows of a factor. Water has no 45-minute hour: results of cycles count.</summary>
[Clause("HJ 356-2019", "6", Certainty = "FROM-MEMORY")]
public static class HourResult
{
    /// <summary>Rule id of this version.</summary>
    public static readonly RuleId Id = new("HJ356-HOUR", "2019.1");

    /// <summary>Judges a factor that is measured in cycles.</summary>
    /// <param name="start">First moment of the hour.</param>
    /// <param name="results">Results sampled in the hour and before it.</param>
    /// <param name="cycle">Measuring cycle: a result stands for the time from its sampling until the next one is due.</param>
    /// <param name="discharged">False: flow was zero all hour, nothing is due. Null: the flow is not known, a result is due.</param>
    /// <param name="decimals">Decimals of the mean.</param>
    public static PeriodJudgement Judge(DateTime start, IReadOnlyList<CycleResult> results, TimeSpan cycle, bool? discharged, int decimals)
    {
        var end = start.AddHours(1);
        var speaking = results.Where(result => result.SampledAt < end && result.SampledAt + cycle > start).ToArray();
        var own = speaking.Where(result => result.SampledAt >= start).ToArray();
        // A result of this hour goes before one that still stands from the hour before.
        var used = own.Any(result => result.Counts) ? own : speaking;
        return Judge([.. used.Where(result => result.Counts).Select(result => result.Value!.Value)], used.Length, discharged, decimals, StateReason(used));
    }

    /// <summary>Judges a factor that is measured continuously (pH, temperature, flow).</summary>
    public static PeriodJudgement JudgeContinuous(IReadOnlyList<WaterReading> readings, bool? discharged, int decimals)
    {
        decimal[] values = [.. readings.Where(reading => reading.Value is not null && DataMarks.Counts(reading.State)).Select(reading => reading.Value!.Value)];
        return Judge(values, readings.Count, discharged, decimals, readings.Count == 0 ? "no-results" : "not-normal");
    }

    private static PeriodJudgement Judge(decimal[] values, int seen, bool? discharged, int decimals, string reason)
    {
        var figures = string.Create(CultureInfo.InvariantCulture, $"results={seen};valid={values.Length};discharge={Word(discharged)}");
        var (min, max) = values.Length == 0 ? ((decimal?)null, (decimal?)null) : (values.Min(), values.Max());
        if (discharged is false) return new(PeriodVerdict.NothingDue, null, null, null, null, min, max, 0, 0, Id.ToString(), figures);
        return values.Length == 0
            ? new(PeriodVerdict.Invalid, reason, null, null, null, null, null, 0, 1, Id.ToString(), figures)
            : new(PeriodVerdict.Valid, null, null, Rounding.HalfEven(values.Sum() / values.Length, decimals), null, min, max, values.Length, 1, Id.ToString(), figures);
    }

    private static string StateReason(CycleResult[] used) => used.Length == 0 ? "no-results" : DataMarks.Letter(used[^1].State) switch
    {
        "C" => "calibration",
        "M" => "maintenance",
        "D" => "fault",
        _ => "not-normal",
    };

    private static string Word(bool? discharged) => discharged switch { true => "yes", false => "no", null => "unknown" };
}
