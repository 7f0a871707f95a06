using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Qingyuan.Platform.Ingest.ImportFrames;

/// <summary>The lines of an archive as bytes, each closed with the CR LF that a frame ends with.</summary>
internal static class ArchiveLines
{
    /// <summary>Longer ones are no frame; they come as their first part, and are refused.</summary>
    public const int Longest = 16 * 1024;

    public static async IAsyncEnumerable<byte[]> ReadAsync(Stream archive, [EnumeratorCancellation] CancellationToken ct)
    {
        var reader = PipeReader.Create(archive, new(leaveOpen: true, bufferSize: 64 * 1024));
        var skipping = false;
        while (true)
        {
            var result = await reader.ReadAsync(ct);
            var buffer = result.Buffer;
            while (TryTake(ref buffer, result.IsCompleted, ref skipping, out var line))
                if (line is not null) yield return line;
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted) break;
        }

        await reader.CompleteAsync();
    }

    /// <summary>False when more bytes are needed. Null for the rest of a line that was too long, and for empty ones.</summary>
    private static bool TryTake(ref ReadOnlySequence<byte> buffer, bool isEnd, ref bool skipping, out byte[]? line)
    {
        line = null;
        if (buffer.IsEmpty) return false;
        var feed = buffer.PositionOf((byte)'\n');
        if (feed is null && !isEnd && buffer.Length < Longest) return false;
        var text = feed is { } at ? buffer.Slice(0, at) : buffer;
        var (wasRest, tooLong) = (skipping, feed is null && !isEnd);
        buffer = feed is { } end ? buffer.Slice(buffer.GetPosition(1, end)) : buffer.Slice(buffer.End);
        skipping = tooLong;
        if (!wasRest) line = Close(text.Length > Longest ? text.Slice(0, Longest) : text);
        return true;
    }

    private static byte[]? Close(ReadOnlySequence<byte> text)
    {
        var bytes = text.ToArray().AsSpan().TrimEnd((byte)'\r');
        return bytes.IsEmpty ? null : [.. bytes, (byte)'\r', (byte)'\n'];
    }
}
