using System.Buffers;
using System.IO.Pipelines;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>Holds back the answers of one connection until their frames are durable, then sends all that are due in one flush.</summary>
/// <remarks>
/// Invariant: an answer leaves only after the batch of its frame (and, for a repeat, of the first copy) was stored. A batch that failed answers nothing; the connection goes on and the station sends again.
/// One reader adds, one loop releases; neither allocates per frame. Frames of our own go out between the answers: one loop owns the output.
/// </remarks>
internal sealed class AnswerQueue(PipeWriter output, int most, IngestCounters counters, StoreWatch store, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly PendingFrames _pending = new(most);
    private readonly Requests _requests = new();
    private readonly Signal _work = new();
    private readonly Signal _room = new();
    private bool _ending;
    private bool _peerGone;
    private long _flushingSince;

    /// <summary>True while more frames must not be taken in.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock) return _pending.IsFull;
        }
    }

    /// <summary>How long the peer has not taken what we write.</summary>
    public TimeSpan StuckFor => Volatile.Read(ref _flushingSince) is not 0 and var since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>How long the oldest frame has waited for its commit; not how long its peer takes to hear of it.</summary>
    public TimeSpan CommitLag
    {
        get
        {
            lock (_lock) return _pending.Count is 0 || _pending.Oldest.IsDecided ? TimeSpan.Zero : time.GetElapsedTime(_pending.Oldest.ArrivedAt);
        }
    }

    public void Add(in FrameReceipt receipt, Task? firstCopy, ReadOnlySpan<byte> answer)
    {
        lock (_lock) _pending.Add(receipt, firstCopy, answer, time.GetTimestamp());
        counters.Waits();
    }

    /// <summary>Queues a frame of ours. True when the connection took it; false when it ended first or too many wait.</summary>
    public Task<bool> SendAsync(ReadOnlyMemory<byte> frame)
    {
        var taken = _requests.Add(frame);
        _work.Set();
        return taken;
    }

    /// <summary>Says that frames were added. Once per read, not per frame, so that their answers share a flush.</summary>
    public void Wake() => _work.Set();

    public async ValueTask RoomAsync()
    {
        _work.Set();
        while (IsFull) await _room.WaitAsync();
    }

    /// <summary>No more frames come: <see cref="RunAsync"/> ends when the last one is answered.</summary>
    public void End()
    {
        Volatile.Write(ref _ending, true);
        _work.Set();
    }

    public async Task RunAsync()
    {
        try
        {
            await ReleaseAsync();
        }
        finally
        {
            _requests.Close();
        }
    }

    private async Task ReleaseAsync()
    {
        while (true)
        {
            if (_requests.Any) await SendRequestsAsync();
            var (waiting, oldest) = Oldest();
            if (!waiting)
            {
                if (Volatile.Read(ref _ending)) return;
                await _work.WaitAsync();
                continue;
            }

            await oldest.Receipt.Durable.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (oldest.FirstCopy is { } first) await first.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Release() > 0) await FlushAsync();
            _room.Set();
        }
    }

    private (bool Waiting, Pending Oldest) Oldest()
    {
        lock (_lock) return _pending.Count > 0 ? (true, _pending.Oldest) : default;
    }

    /// <summary>Writes the answers of all frames that are durable by now; returns how many.</summary>
    private int Release()
    {
        var released = new Released();
        lock (_lock)
        {
            while (_pending.Count > 0 && _pending.Oldest.IsDecided)
                released.Add(_pending.TakeOldest(_pending.Oldest.IsDurable && !_peerGone ? output : null));
        }

        if (released.Failed is { } failed) store.Failed(failed.Exception?.InnerException);
        else store.Works();
        counters.Durable(released.Batch, released.Stored, released.Answers, released.NotStored);
        counters.Commits.Add(time.GetElapsedTime(released.FirstArrivedAt));
        return released.Answers;
    }

    private async ValueTask SendRequestsAsync()
    {
        var sent = _requests.Take();
        foreach (var request in sent)
            if (!_peerGone) output.Write(request.Frame.Span);
        if (!_peerGone) await FlushAsync();
        foreach (var request in sent) request.Taken.SetResult(!_peerGone);
    }

    private async ValueTask FlushAsync()
    {
        Volatile.Write(ref _flushingSince, time.GetTimestamp());
        var result = await output.FlushAsync();
        Volatile.Write(ref _flushingSince, 0);
        if (result.IsCompleted || result.IsCanceled) _peerGone = true;
    }

    /// <summary>What one release added up to.</summary>
    private struct Released
    {
        public int Stored;
        public int Answers;
        public int NotStored;
        public long Batch;
        public long FirstArrivedAt;
        public Task? Failed;

        public void Add(in Pending frame)
        {
            if (FirstArrivedAt is 0) FirstArrivedAt = frame.ArrivedAt;
            if (frame.Receipt.Durable.IsCompletedSuccessfully) (Stored, Batch) = (Stored + 1, frame.Receipt.Id.Batch);
            else (NotStored, Failed) = (NotStored + 1, frame.Receipt.Durable);
            if (frame.IsDurable && frame.AnswerLength > 0) Answers++;
        }
    }
}
