using System.Globalization;
using Qingyuan.Hj212.Explaining;
using Qingyuan.Platform.Ingest.Contracts;

namespace Qingyuan.Platform.Ingest.Inspecting;

/// <summary>The library's explanation in one language.</summary>
internal sealed class FrameInspector : IFrameInspector
{
    public IReadOnlyList<InspectedFrame> Explain(ReadOnlyMemory<byte> bytes) =>
        [.. FrameExplanation.Of(bytes).Select(frame => new InspectedFrame(frame.Offset, frame.Length, frame.Accepted, Say(frame.Summary), [.. frame.Pieces.Select(Piece)]))];

    private static InspectedPiece Piece(ExplainedPiece piece) => new(
        piece.Offset, piece.Length, piece.Raw, Say(piece.Meaning), piece.Clause, [.. piece.Faults.Select(fault => new InspectedFault(fault.Rule, Say(fault.Text), fault.Clause))]);

    private static string Say(Bilingual text) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is "zh" ? text.Zh : text.En;
}
