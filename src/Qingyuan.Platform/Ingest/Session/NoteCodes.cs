using System.Collections.Concurrent;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>The deviations a frame was accepted with, as the code that is stored; each combination becomes a string once.</summary>
internal static class NoteCodes
{
    private static readonly ConcurrentDictionary<(FrameNotes, HeaderNotes), string> Made = new();

    public static string Of(FrameNotes frame, HeaderNotes header) => Made.GetOrAdd((frame, header), static notes =>
    {
        string[] names = [notes.Item1 is 0 ? "" : notes.Item1.ToString(), notes.Item2 is 0 ? "" : notes.Item2.ToString()];
        return string.Join(',', names.Where(name => name.Length > 0)).Replace(", ", ",", StringComparison.Ordinal);
    });
}
