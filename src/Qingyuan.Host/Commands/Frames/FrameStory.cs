using System.Globalization;
using Qingyuan.Hj212.Explaining;
using Qingyuan.Hj212.Framing;

namespace Qingyuan.Host.Commands.Frames;

/// <summary>Frames told to a person: piece by piece, in both languages, faults under the piece they lie in.</summary>
internal static class FrameStory
{
    public static async Task WriteAsync(Stream input, Stream output, CancellationToken stop)
    {
        using var bytes = new MemoryStream(); // what somebody pasted or saved, not a line that never ends
        await input.CopyToAsync(bytes, stop);
        await using var text = new StreamWriter(output, leaveOpen: true);
        foreach (var frame in FrameExplanation.Of(bytes.ToArray())) Tell(frame, text);
    }

    private static void Tell(ExplainedFrame frame, TextWriter text)
    {
        text.WriteLine($"{frame.Summary.Zh} / {frame.Summary.En}");
        foreach (var piece in frame.Pieces)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{piece.Offset,6}  {piece.Raw}"));
            text.WriteLine($"        {piece.Meaning.Zh} / {piece.Meaning.En} [{piece.Clause}]");
            foreach (var fault in piece.Faults.Where(fault => !IsLineOfText(piece, fault))) text.WriteLine($"      ! {fault.Rule}: {fault.Text.Zh} / {fault.Text.En} [{fault.Clause}]");
        }
    }

    /// <summary>A frame that is a line of a text file has no CR LF of its own, and none is missed: as <c>decode</c> has it.</summary>
    private static bool IsLineOfText(ExplainedPiece piece, Fault fault) =>
        fault.Rule == nameof(FrameNotes.MissingCrLf) && (piece.Kind == PieceKind.CheckValue || piece.Raw == "\\x0A");
}
