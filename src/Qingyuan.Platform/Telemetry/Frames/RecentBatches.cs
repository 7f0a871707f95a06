using System.Diagnostics.CodeAnalysis;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>The newest committed batches, bounded by bytes, without gaps: followers read here instead of the disk.</summary>
internal sealed class RecentBatches(long capacity)
{
    private readonly Lock _gate = new();
    private readonly List<RecentBatch?> _batches = [];
    private TaskCompletionSource? _more;
    private int _oldest;
    private long _bytes;
    private long _before;
    private long _last;

    /// <summary>The newest committed batch, 0 when none ever was.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Called once, before anything is added: where the log on disk ends.</summary>
    public void StartAt(long last) => _before = _last = last;

    public void Add(BatchRow row, BatchOutline outline)
    {
        TaskCompletionSource? more;
        lock (_gate)
        {
            _batches.Add(new(row, outline));
            _last = row.Id;
            _bytes += row.Content.Length;
            while (_bytes > capacity) DropOldest();
            (more, _more) = (_more, null);
        }

        more?.SetResult();
    }

    /// <summary>All batches after <paramref name="after"/>, or false when memory does not reach back that far.</summary>
    public bool TryAfter(long after, [NotNullWhen(true)] out IReadOnlyList<RecentBatch>? batches)
    {
        lock (_gate)
        {
            batches = after < _before ? null : _batches[IndexOf(after + 1)..].ConvertAll(batch => batch!); // only those before the oldest are null
            return batches is not null;
        }
    }

    /// <summary>Ends when a batch is added after this call.</summary>
    public Task NextAsync()
    {
        lock (_gate) return (_more ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    public CommittedBatch? Find(long id)
    {
        RecentBatch? batch;
        lock (_gate)
        {
            var index = IndexOf(id);
            batch = index < _batches.Count ? _batches[index] : null;
        }

        return batch?.Id == id ? batch.Frames : null;
    }

    private void DropOldest()
    {
        var batch = _batches[_oldest]!; // only those before the oldest are null
        _batches[_oldest++] = null;
        _bytes -= batch.Length;
        _before = batch.Id;
        if (_oldest * 2 < _batches.Count) return;
        _batches.RemoveRange(0, _oldest);
        _oldest = 0;
    }

    /// <summary>Index of the first batch whose id is at least <paramref name="id"/>.</summary>
    private int IndexOf(long id)
    {
        var (low, high) = (_oldest, _batches.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_batches[middle]!.Id < id) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

/// <summary>A batch that was committed a short while ago, packed as it was stored.</summary>
/// <remarks>Frames are shared by those who read a batch at about the same time, and not kept for those who come late: taking it apart again costs less than keeping so many objects alive.</remarks>
internal sealed class RecentBatch(BatchRow row, BatchOutline outline)
{
    private readonly WeakReference<CommittedBatch?> _frames = new(null);

    public long Id => row.Id;

    /// <summary>Bytes it takes here.</summary>
    public int Length => row.Content.Length;

    public BatchOutline Outline => outline;

    /// <summary>Taken apart by whoever reads it first, not by the committer.</summary>
    public CommittedBatch Frames
    {
        get
        {
            lock (_frames)
            {
                if (_frames.TryGetTarget(out var frames)) return frames;
                frames = BatchCodec.UnpackOwn(row);
                _frames.SetTarget(frames);
                return frames;
            }
        }
    }
}
