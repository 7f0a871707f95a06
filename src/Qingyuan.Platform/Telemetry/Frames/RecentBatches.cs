using System.Diagnostics.CodeAnalysis;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>The newest committed batches, bounded by bytes, without gaps: followers read here instead of the disk.</summary>
internal sealed class RecentBatches(long capacity)
{
    private readonly Lock _gate = new();
    private readonly List<(CommittedBatch Batch, int Bytes)> _batches = [];
    private TaskCompletionSource? _more;
    private int _oldest;
    private long _bytes;
    private long _before;
    private long _last;

    /// <summary>The newest committed batch, 0 when none ever was.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Called once, before anything is added: where the log on disk ends.</summary>
    public void StartAt(long last) => _before = _last = last;

    public void Add(CommittedBatch batch, int bytes)
    {
        TaskCompletionSource? more;
        lock (_gate)
        {
            _batches.Add((batch, bytes));
            _last = batch.Id;
            _bytes += bytes;
            while (_bytes > capacity) DropOldest();
            (more, _more) = (_more, null);
        }

        more?.SetResult();
    }

    /// <summary>All batches after <paramref name="after"/>, or false when memory does not reach back that far.</summary>
    public bool TryAfter(long after, [NotNullWhen(true)] out IReadOnlyList<CommittedBatch>? batches)
    {
        lock (_gate)
        {
            batches = null;
            if (after < _before) return false;
            var first = IndexOf(after + 1);
            var found = new CommittedBatch[_batches.Count - first];
            for (var i = 0; i < found.Length; i++) found[i] = _batches[first + i].Batch;
            batches = found;
            return true;
        }
    }

    /// <summary>Ends when a batch is added after this call.</summary>
    public Task NextAsync()
    {
        lock (_gate) return (_more ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    public CommittedBatch? Find(long id)
    {
        lock (_gate)
        {
            var index = IndexOf(id);
            return index < _batches.Count && _batches[index].Batch.Id == id ? _batches[index].Batch : null;
        }
    }

    private void DropOldest()
    {
        var (batch, bytes) = _batches[_oldest];
        _batches[_oldest++] = default;
        _bytes -= bytes;
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
            if (_batches[middle].Batch.Id < id) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
