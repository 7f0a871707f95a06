using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Qingyuan.Platform.Backup.Copies;

/// <summary>Lines and counted bytes over one connection.</summary>
internal sealed class CopyWire(Stream input, Stream output)
{
    private const int LongestLine = 8192;
    private readonly PipeReader _in = PipeReader.Create(input, new(leaveOpen: true));

    public async Task SayAsync(string line, CancellationToken ct) => await output.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), ct);

    /// <summary>The next line; null at the end.</summary>
    /// <exception cref="IOException">It is longer than a line can be, or the end came inside one.</exception>
    public async Task<string?> LineAsync(CancellationToken ct)
    {
        while (true)
        {
            var read = await _in.ReadAsync(ct);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.UTF8.GetString(read.Buffer.Slice(0, end));
                _in.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            var isEmpty = read.Buffer.IsEmpty;
            if (read.Buffer.Length > LongestLine) throw new IOException("copies: a line without end");
            _in.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted) return isEmpty ? null : throw new EndOfStreamException("copies: the connection ended inside a line");
        }
    }

    public Task FlushAsync(CancellationToken ct) => output.FlushAsync(ct);

    /// <summary>Exactly so many bytes into <paramref name="file"/>.</summary>
    public async Task BringAsync(Stream file, long count, CancellationToken ct)
    {
        while (count > 0)
        {
            var read = await _in.ReadAsync(ct);
            var part = read.Buffer.Slice(0, Math.Min(count, read.Buffer.Length));
            foreach (var bytes in part) await file.WriteAsync(bytes, ct);
            count -= part.Length;
            _in.AdvanceTo(part.End);
            if (read.IsCompleted && count > 0) throw new EndOfStreamException("copies: the connection ended inside a file");
        }
    }

    /// <summary>Exactly so many bytes of <paramref name="file"/>.</summary>
    public async Task SendAsync(Stream file, long count, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (count > 0)
            {
                var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), ct);
                if (read is 0) throw new EndOfStreamException("copies: a file was cut while it was read");
                await output.WriteAsync(buffer.AsMemory(0, read), ct);
                count -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
