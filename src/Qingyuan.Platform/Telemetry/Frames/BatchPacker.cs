using Qingyuan.Platform.Telemetry.Binary;
using ZstdSharp;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>A batch that is packed but not yet chained to the one before.</summary>
internal sealed record PackedBatch(long Id, long ReceivedFrom, long ReceivedTo, int Frames, byte[] Content, int Codec, byte[] Packed);

/// <summary>Writes a batch's content and compresses it. Keeps its buffers; one thread at a time.</summary>
internal sealed class BatchPacker(TelemetryOptions options) : IDisposable
{
    // Frames come faster than they are stored when a buffer holds many batches: then speed counts, and a tenth of size is given for it.
    private const int HurriedLevel = 1;

    private readonly Compressor _thorough = new(options.ZstdLevel);
    private readonly Compressor _hurried = new(Math.Min(options.ZstdLevel, HurriedLevel));
    private readonly ByteWriter _writer = new(64 * 1024);
    private byte[] _packed = [];

    public PackedBatch Pack(FrameBuffer buffer, int batch)
    {
        var slots = buffer.Slots(batch);
        var (from, to) = (long.MaxValue, long.MinValue);
        foreach (ref readonly var slot in slots) (from, to) = (Math.Min(from, slot.ReceivedMicros), Math.Max(to, slot.ReceivedMicros));
        _writer.Clear();
        BatchContent.Write(_writer, slots, buffer.Bytes(batch));
        var content = _writer.ToArray();

        var bound = Compressor.GetCompressBound(content.Length);
        if (_packed.Length < bound) _packed = new byte[bound];
        var length = (buffer.Batches.Count > 1 ? _hurried : _thorough).Wrap(content, _packed);
        var (codec, bytes) = length < content.Length ? (BatchCodec.Zstd, _packed.AsSpan(0, length).ToArray()) : (BatchCodec.Plain, content);
        return new(buffer.Batches[batch].Id, from, to, slots.Length, content, codec, bytes);
    }

    public void Dispose()
    {
        _thorough.Dispose();
        _hurried.Dispose();
    }
}
