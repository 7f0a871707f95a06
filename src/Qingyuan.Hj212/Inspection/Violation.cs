namespace Qingyuan.Hj212.Inspection;

/// <summary>One thing about a frame that the standard does not allow.</summary>
/// <param name="Offset">Where in the frame's bytes, from <c>##</c> on.</param>
/// <param name="Rule">Stable code, such as <c>LengthWrong</c> or <c>MnFormat</c>.</param>
/// <param name="Clause">Where the standard says so.</param>
public sealed record Violation(int Offset, string Rule, string Clause);
