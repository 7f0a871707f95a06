using System.Buffers;
using System.IO.Pipelines;
using Qingyuan.Hj212.Framing;

namespace Qingyuan.Host.Commands.Frames;

/// <summary>Turns a stream of bytes into lines of JSON, one a frame, refused ones and rubbish included, with bounded memory.</summary>
internal static class FrameListing
{
    public static async Task WriteAsync(Stream input, Stream output, bool strict, CancellationToken stop)
    {
        var reader = PipeReader.Create(input, new StreamPipeReaderOptions(leaveOpen: true));
        var lines = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        var position = 0L;
        while (true)
        {
            var read = await reader.ReadAsync(stop);
            var rest = WriteFrames(read.Buffer, read.IsCompleted ? LineState.Ended : LineState.Flowing, ref position, lines, strict);
            reader.AdvanceTo(rest.Start, rest.End);
            await lines.FlushAsync(stop);
            if (read.IsCompleted) return;
        }
    }

    private static ReadOnlySequence<byte> WriteFrames(ReadOnlySequence<byte> bytes, LineState line, ref long position, IBufferWriter<byte> lines, bool strict)
    {
        while (true)
        {
            var before = bytes.Length;
            var status = FrameCutter.TryCut(ref bytes, out var cut, line);
            position += before - bytes.Length;
            if (status == FrameStatus.Incomplete) return bytes;
            var start = position - cut.Frame.Length;
            if (status == FrameStatus.Skipped) FrameJson.WriteRubbish(lines, cut.Frame, start);
            else FrameJson.Write(lines, cut, start, strict, fillsLine: EndsInLineFeed(cut.Frame) || (line == LineState.Ended && bytes.IsEmpty));
        }
    }

    private static bool EndsInLineFeed(in ReadOnlySequence<byte> frame) => frame.Slice(frame.Length - 1).FirstSpan[0] == '\n';
}
