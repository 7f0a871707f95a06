namespace Qingyuan.Platform.Ingest.Contracts;

/// <summary>Tells a person what bytes say, piece by piece, against the standard. Looks only: nothing is stored or judged by it.</summary>
public interface IFrameInspector
{
    /// <summary>Everything in <paramref name="bytes"/> in order: frames, and what lies between them. In the language of the current UI culture.</summary>
    IReadOnlyList<InspectedFrame> Explain(ReadOnlyMemory<byte> bytes);
}

/// <param name="Offset">Where it begins.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Accepted">Whether intake would take it as a frame, tolerantly.</param>
/// <param name="Summary">What it is, in a sentence.</param>
/// <param name="Pieces">Its bytes without a gap.</param>
public sealed record InspectedFrame(int Offset, int Length, bool Accepted, string Summary, IReadOnlyList<InspectedPiece> Pieces);

/// <param name="Offset">Where it begins.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Raw">The bytes as text, what cannot be printed as <c>\x0D</c>.</param>
/// <param name="Meaning">What they say.</param>
/// <param name="Clause">Where the standard defines them.</param>
/// <param name="Faults">What is wrong; empty when nothing is.</param>
public sealed record InspectedPiece(int Offset, int Length, string Raw, string Meaning, string Clause, IReadOnlyList<InspectedFault> Faults);

/// <param name="Rule">Stable code.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Clause">Where the standard says so.</param>
public sealed record InspectedFault(string Rule, string Text, string Clause);
