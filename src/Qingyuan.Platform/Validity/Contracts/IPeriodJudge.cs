using Qingyuan.Rules.Twins;

namespace Qingyuan.Platform.Validity.Contracts;

/// <summary>A judged period.</summary>
/// <param name="IsNew">It differs from what was stored before, so a new revision was stored.</param>
/// <param name="Factors">Each factor's judgement beside what the logger reported.</param>
public sealed record JudgedPeriod(bool IsNew, IReadOnlyList<JudgedFactor> Factors);

/// <summary>Judges hours and days from the stored readings and stores the result. Measured values are only read.</summary>
public interface IPeriodJudge
{
    /// <summary>Judges the hour that begins at <paramref name="hour"/> (wall clock).</summary>
    Task<JudgedPeriod> JudgeHourAsync(int stationNo, TwinSettings settings, DateTime hour, CancellationToken ct);

    /// <summary>Judges the day that begins at <paramref name="day"/> from its judged hours.</summary>
    Task<JudgedPeriod> JudgeDayAsync(int stationNo, TwinSettings settings, DateTime day, CancellationToken ct);
}
