using System.Buffers;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>A frame inside a <see cref="FrameBuffer"/>.</summary>
internal readonly record struct FrameSlot(FrameArrival Arrival, long ReceivedMicros, int Offset, int Length);

/// <summary>A batch inside a <see cref="FrameBuffer"/>: slots from <paramref name="First"/> to the next batch's first.</summary>
internal readonly record struct OpenBatch(long Id, int First, int Offset, long ReceivedMicros);

/// <summary>
/// Gathers frames while the other buffer is being committed. One buffer becomes one commit of one or more batches, and one task that all its frames share.
/// Reused, so that gathering allocates nothing once it has grown. Not safe by itself: <see cref="FrameLog"/> holds its lock.
/// </summary>
internal sealed class FrameBuffer(TelemetryOptions options)
{
    // Frames of a batch lie this close together, so that a jumping clock cannot make a batch that spans hours.
    private const long LongestBatchMicros = 60_000_000;
    private const int MaximumFrames = 65_536;

    private byte[] _bytes = new byte[Math.Min(options.BufferBytes, 256 * 1024)];
    private FrameSlot[] _slots = new FrameSlot[512];
    private readonly List<OpenBatch> _batches = [];
    private int _length;

    public int Count { get; private set; }

    public IReadOnlyList<OpenBatch> Batches => _batches;

    public TaskCompletionSource Durable { get; private set; } = NewTask();

    public ReadOnlySpan<FrameSlot> Slots(int batch)
    {
        var first = _batches[batch].First;
        var end = batch + 1 < _batches.Count ? _batches[batch + 1].First : Count;
        return _slots.AsSpan(first, end - first);
    }

    public ReadOnlySpan<byte> Bytes(int batch)
    {
        var first = _batches[batch].Offset;
        var end = batch + 1 < _batches.Count ? _batches[batch + 1].Offset : _length;
        return _bytes.AsSpan(first, end - first);
    }

    /// <summary>False when the frame does not fit any more.</summary>
    public bool TryAdd(in FrameArrival arrival, in ReadOnlySequence<byte> bytes, ref long nextBatch, out FrameReceipt receipt)
    {
        var length = (int)bytes.Length;
        if (Count == MaximumFrames || length > options.BufferBytes - _length)
        {
            receipt = default;
            return false;
        }

        var received = Micros.Of(arrival.ReceivedAt);
        if (StartsBatch(received, length)) _batches.Add(new(nextBatch++, Count, _length, received));
        Grow(length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _slots[Count] = new(arrival, received, _length, length);
        _length += length;
        var batch = _batches[^1];
        receipt = new(new(batch.Id, Count++ - batch.First), Durable.Task);
        return true;
    }

    /// <summary>Empties it for the next round; the task of the old one lives on with its waiters.</summary>
    public void Clear()
    {
        Array.Clear(_slots, 0, Count); // lets go of the strings
        _batches.Clear();
        Count = 0;
        _length = 0;
        Durable = NewTask();
    }

    private bool StartsBatch(long received, int length) =>
        _batches.Count == 0
        || (_batches[^1] is var last
            && ((_length > last.Offset && _length + length - last.Offset > options.BatchBytes)
                || Math.Abs(received - last.ReceivedMicros) > LongestBatchMicros / 2
                || Micros.Month(received) != Micros.Month(last.ReceivedMicros)));

    private void Grow(int length)
    {
        if (_length + length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Min(options.BufferBytes, Math.Max(_bytes.Length * 2, _length + length)));
        if (Count == _slots.Length) Array.Resize(ref _slots, _slots.Length * 2);
    }

    // Continuations must not run on the committer: it has the next batch to store.
    private static TaskCompletionSource NewTask() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
