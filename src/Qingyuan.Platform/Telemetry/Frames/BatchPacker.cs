using System.Buffers;
using System.Collections.Concurrent;
using Qingyuan.Platform.Telemetry.Binary;
using ZstdSharp;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>A batch that takes no more frames. Valid until its buffer is emptied.</summary>
internal readonly record struct ClosedBatch(long Id, ReadOnlyMemory<FrameSlot> Slots, ReadOnlyMemory<byte> Bytes);

/// <summary>A batch that is packed but not yet chained to the one before. Its content is on loan until then: a fresh megabyte costs more than filling it.</summary>
internal sealed record PackedBatch(BatchOutline Outline, int Frames, ArraySegment<byte> Content, int Codec, byte[] Packed) : IDisposable
{
    /// <summary>Gives the content back.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(Content.Array!);
}

/// <summary>Writes a batch's content and compresses it. Keeps its buffers; one thread at a time.</summary>
internal sealed class BatchPacker(TelemetryOptions options) : IDisposable
{
    // Frames come faster than they are stored when a buffer holds many batches: then speed counts, and a tenth of size is given for it.
    private const int HurriedLevel = 1;

    private readonly Compressor _thorough = new(options.ZstdLevel);
    private readonly Compressor _hurried = new(Math.Min(options.ZstdLevel, HurriedLevel));
    private readonly ByteWriter _columns = new(64 * 1024);
    private readonly StringTable _strings = new();
    private readonly HashSet<(int Hour, int Mn)> _stations = [];
    private byte[] _packed = [];

    public PackedBatch Pack(ClosedBatch batch, bool hurried)
    {
        _columns.Clear();
        _strings.Clear();
        BatchContent.WriteColumns(_columns, batch.Slots.Span, _strings);
        var content = Content(batch.Bytes.Span);
        var bound = Compressor.GetCompressBound(content.Count);
        if (_packed.Length < bound) _packed = new byte[bound];
        var length = (hurried ? _hurried : _thorough).Wrap((ReadOnlySpan<byte>)content, _packed);
        var (codec, packed) = length < content.Count ? (BatchCodec.Zstd, _packed[..length]) : (BatchCodec.Plain, content.ToArray());
        return new(BatchOutline.Of(batch.Id, batch.Slots.Span, _strings, _stations), batch.Slots.Length, content, codec, packed);
    }

    private ArraySegment<byte> Content(ReadOnlySpan<byte> bytes)
    {
        var content = new ArraySegment<byte>(ArrayPool<byte>.Shared.Rent(_columns.Length + bytes.Length), 0, _columns.Length + bytes.Length);
        _columns.Written.CopyTo(content);
        bytes.CopyTo(content.AsSpan(_columns.Length));
        return content;
    }

    public void Dispose()
    {
        _thorough.Dispose();
        _hurried.Dispose();
    }
}

/// <summary>Packers for whoever packs at the moment; as many as ever packed side by side.</summary>
internal sealed class BatchPackers(TelemetryOptions options) : IDisposable
{
    private readonly ConcurrentBag<BatchPacker> _idle = [];

    public PackedBatch Pack(ClosedBatch batch, bool hurried)
    {
        if (!_idle.TryTake(out var packer)) packer = new(options);
        try
        {
            return packer.Pack(batch, hurried);
        }
        finally
        {
            _idle.Add(packer);
        }
    }

    /// <summary>Packs on the pool as soon as it has a thread; who needs the result first packs it himself.</summary>
    public Lazy<PackedBatch> Begin(ClosedBatch batch)
    {
        var packing = new Lazy<PackedBatch>(() => Pack(batch, hurried: true));
        _ = Task.Run(() => packing.Value); // what it throws is thrown again to who asks for the value
        return packing;
    }

    public void Dispose()
    {
        foreach (var packer in _idle) packer.Dispose();
    }
}
