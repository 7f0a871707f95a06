using System.Buffers;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>A frame inside a <see cref="FrameBuffer"/>.</summary>
internal readonly record struct FrameSlot(FrameArrival Arrival, long ReceivedMicros, int Offset, int Length);

/// <summary>The batch of a <see cref="FrameBuffer"/> that takes frames: where it begins and when its first frame came.</summary>
internal readonly record struct OpenBatch(long Id, int First, int Offset, long ReceivedMicros);

/// <summary>
/// Gathers frames while the other buffer is being committed. One buffer becomes one commit of one or more batches, and one task that all its frames share.
/// Reused, so that gathering allocates nothing once it has grown. Not safe by itself: <see cref="FrameLog"/> holds its lock.
/// </summary>
/// <remarks>A batch that is full is packed while the next one gathers, so that the committer mostly finds the work done.</remarks>
internal sealed class FrameBuffer(TelemetryOptions options, BatchPackers packers)
{
    // Frames of a batch lie this close together, so that a jumping clock cannot make a batch that spans hours.
    private const long LongestBatchMicros = 60_000_000;
    private const int MaximumFrames = 65_536;

    private byte[] _bytes = new byte[Math.Min(options.BufferBytes, 256 * 1024)];
    private FrameSlot[] _slots = new FrameSlot[512];
    private readonly List<Lazy<PackedBatch>> _packing = [];
    private OpenBatch _open;
    private int _length;

    public int Count { get; private set; }

    public TaskCompletionSource Durable { get; private set; } = NewTask();

    /// <summary>All batches, packed, in order. Takes no lock: no frame may come any more.</summary>
    public PackedBatch[] Pack()
    {
        var packed = new PackedBatch[_packing.Count + 1];
        packed[^1] = packers.Pack(Close(), hurried: _packing.Count > 0);
        // From the end: the pool began with the first.
        for (var i = _packing.Count - 1; i >= 0; i--) packed[i] = _packing[i].Value;
        return packed;
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
        if (StartsBatch(received, length))
        {
            if (Count > 0) _packing.Add(packers.Begin(Close()));
            _open = new(nextBatch++, Count, _length, received);
        }

        Grow(length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _slots[Count] = new(arrival, received, _length, length);
        _length += length;
        receipt = new(new(_open.Id, Count++ - _open.First), Durable.Task);
        return true;
    }

    /// <summary>Empties it for the next round; the task of the old one lives on with its waiters.</summary>
    public void Clear()
    {
        Array.Clear(_slots, 0, Count); // lets go of the strings
        _packing.Clear();
        Count = 0;
        _length = 0;
        Durable = NewTask();
    }

    private ClosedBatch Close() => new(_open.Id, _slots.AsMemory(_open.First, Count - _open.First), _bytes.AsMemory(_open.Offset, _length - _open.Offset));

    private bool StartsBatch(long received, int length) =>
        Count == 0
        || (_length > _open.Offset && _length + length - _open.Offset > options.BatchBytes)
        || Math.Abs(received - _open.ReceivedMicros) > LongestBatchMicros / 2
        || Micros.Month(received) != Micros.Month(_open.ReceivedMicros);

    private void Grow(int length)
    {
        if (_length + length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Min(options.BufferBytes, Math.Max(_bytes.Length * 2, _length + length)));
        if (Count == _slots.Length) Array.Resize(ref _slots, _slots.Length * 2);
    }

    // Continuations must not run on the committer: it has the next batch to store.
    private static TaskCompletionSource NewTask() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
