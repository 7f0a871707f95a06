using System.Buffers;
using System.IO.Pipelines;

namespace Qingyuan.Platform.Analysis.Sql.Running;

/// <summary>Lines of a stream, none longer than a bound: what a child says must not grow in this process.</summary>
internal sealed class Lines(Stream stream, int longest) : IAsyncDisposable
{
    private readonly PipeReader _reader = PipeReader.Create(stream);

    /// <summary>The next line without its end, null after the last one; an unfinished last line is not told.</summary>
    /// <exception cref="InvalidDataException">It is longer than allowed.</exception>
    public async ValueTask<byte[]?> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(ct);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = read.Buffer.Slice(0, end).ToArray();
                _reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            if (read.IsCompleted) return null;
            if (read.Buffer.Length > longest) throw new InvalidDataException("A line of the workbench is too long.");
            _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public ValueTask DisposeAsync() => _reader.CompleteAsync();
}
