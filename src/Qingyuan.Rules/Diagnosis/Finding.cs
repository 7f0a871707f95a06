namespace Qingyuan.Rules.Diagnosis;

/// <summary>One observation that supports a finding.</summary>
/// <param name="Factor">Whose.</param>
/// <param name="Before">Normal level before.</param>
/// <param name="Measured">Now.</param>
/// <param name="Expected">What the suspected cause would give.</param>
public sealed record Evidence(string Factor, decimal Before, decimal Measured, decimal Expected);

/// <summary>What several independent observations together say. A lead for people, never a verdict.</summary>
/// <param name="Kind">Stable code, such as <c>air-in-leakage</c>.</param>
/// <param name="Since">Station wall clock at which it began.</param>
/// <param name="Figures">Named figures of the rule.</param>
/// <param name="Evidence">The observations.</param>
/// <param name="Rule">Rule id and version.</param>
public sealed record Finding(string Kind, DateTime Since, IReadOnlyDictionary<string, decimal> Figures, IReadOnlyList<Evidence> Evidence, string Rule);
