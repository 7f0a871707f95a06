namespace Qingyuan.Platform.Telemetry.Contracts;

/// <summary>One computed value of one factor and period, with the rule that made it.</summary>
/// <param name="Value">Mean, by the rule's own rounding; null when the period is not valid.</param>
/// <param name="Converted">Mean at reference oxygen; null where it does not apply or is not valid.</param>
/// <param name="Verdict">Such as <c>valid</c>, <c>invalid:too-few-minutes</c>, <c>stopped</c>.</param>
/// <param name="Mark">The period's state mark by HJ 75/76 (N, F, C, M, D, T, Md …), null for water.</param>
/// <param name="Rule">Rule id and version, such as <c>HJ75-HOUR@2017.1</c>.</param>
/// <param name="Inputs">What it was computed from, for people: such as <c>minutes=58;normal=52</c>.</param>
public sealed record DerivedValue(string Factor, string? Value, string? Converted, string? Min, string? Max, string Verdict, string? Mark, string Rule, string Inputs);

/// <summary>Derived results live in their own tables, one revision after another; measured chunks are never touched by them.</summary>
public interface IDerivedStore
{
    /// <summary>Stores the results of one station and period (<see cref="Resolution.Hour"/> or <see cref="Resolution.Day"/>). An equal set adds nothing; another one is a new revision.</summary>
    /// <returns>True when a new revision was stored.</returns>
    Task<bool> PutAsync(int stationNo, Resolution resolution, DateTime start, IReadOnlyList<DerivedValue> values, CancellationToken ct);

    /// <summary>The newest revision of each period in [from, to), by start.</summary>
    Task<IReadOnlyList<(DateTime Start, IReadOnlyList<DerivedValue> Values)>> ReadAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, CancellationToken ct);
}
