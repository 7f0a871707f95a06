namespace Qingyuan.Hj212.Explaining;

/// <summary>A few bytes of a frame and what they mean.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Offset">Where they begin in the bytes explained.</param>
/// <param name="Length">How many they are, with the separator behind them.</param>
/// <param name="Raw">The bytes as text, what cannot be printed as <c>\x0D</c>.</param>
/// <param name="Meaning">What they say.</param>
/// <param name="Clause">Where the standard defines them.</param>
/// <param name="Faults">What is wrong with them; empty when nothing is.</param>
public sealed record ExplainedPiece(PieceKind Kind, int Offset, int Length, string Raw, Bilingual Meaning, string Clause, IReadOnlyList<Fault> Faults);

/// <summary>One thing that is wrong.</summary>
/// <param name="Rule">Stable code, as in <see cref="Inspection.Violation.Rule"/>.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Clause">Where the standard says so.</param>
public sealed record Fault(string Rule, Bilingual Text, string Clause);
