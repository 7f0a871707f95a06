using System.Diagnostics.CodeAnalysis;
using Qingyuan.Platform.Telemetry.Contracts;

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

    /// <param name="id">Of the batch.</param>
    /// <param name="content">Uncompressed; taken apart by whoever reads it first, not by the committer.</param>
    public void Add(long id, byte[] content)
    {
        TaskCompletionSource? more;
        lock (_gate)
        {
            _batches.Add(new(id, content));
            _last = id;
            _bytes += content.Length;
            while (_bytes > capacity) DropOldest();
            (more, _more) = (_more, null);
        }

        more?.SetResult();
    }

    /// <summary>All batches after <paramref name="after"/>, or false when memory does not reach back that far.</summary>
    public bool TryAfter(long after, [NotNullWhen(true)] out IReadOnlyList<CommittedBatch>? batches)
    {
        List<RecentBatch?> found;
        lock (_gate)
        {
            batches = null;
            if (after < _before) return false;
            found = _batches[IndexOf(after + 1)..];
        }

        batches = found.ConvertAll(batch => batch!.Frames); // outside the lock: the committer must not wait for it
        return true;
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
        _bytes -= batch.Content.Length;
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

    /// <remarks>Frames are shared by those who read a batch at about the same time, and not kept for those who come late: taking it apart again costs less than keeping so many objects alive.</remarks>
    private sealed class RecentBatch(long id, byte[] content)
    {
        private readonly WeakReference<CommittedBatch?> _frames = new(null);

        public long Id => id;

        public byte[] Content => content;

        public CommittedBatch Frames
        {
            get
            {
                lock (_frames)
                {
                    if (_frames.TryGetTarget(out var frames)) return frames;
                    frames = BatchContent.Read(id, content);
                    _frames.SetTarget(frames);
                    return frames;
                }
            }
        }
    }
}
