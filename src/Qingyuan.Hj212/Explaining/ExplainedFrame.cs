using Qingyuan.Hj212.Messages;

namespace Qingyuan.Hj212.Explaining;

/// <summary>One frame, or what stands in place of one.</summary>
/// <param name="Offset">Where it begins in the bytes explained.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Accepted">Whether a tolerant host takes it as a frame.</param>
/// <param name="Summary">What it is, in a sentence.</param>
/// <param name="Pieces">Its bytes, one after another, without a gap.</param>
/// <param name="Message">Its typed meaning, from the end that fits best; null when it has none.</param>
public sealed record ExplainedFrame(int Offset, int Length, bool Accepted, Bilingual Summary, IReadOnlyList<ExplainedPiece> Pieces, Message? Message);
