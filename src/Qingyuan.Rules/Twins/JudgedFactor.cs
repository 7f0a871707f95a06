using Qingyuan.Rules.Validity;

namespace Qingyuan.Rules.Twins;

/// <summary>A factor's period as judged, beside what the logger reported for it.</summary>
/// <param name="Factor">2017 code.</param>
/// <param name="Judgement">Ours.</param>
/// <param name="Reported">The logger's mean of the same period; null when none came.</param>
public sealed record JudgedFactor(string Factor, PeriodJudgement Judgement, decimal? Reported);
