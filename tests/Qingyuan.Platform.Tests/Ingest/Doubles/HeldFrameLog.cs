using System.Buffers;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Ingest.Doubles;

/// <summary>A frame log in memory whose commits the test makes: at once, when told, or not at all.</summary>
internal sealed class HeldFrameLog : IFrameLog, IFrameTail, IFrameReader
{
    private readonly Lock _lock = new();
    private readonly List<StoredFrame> _stored = [];
    private readonly Channel<CommittedBatch> _tail = Channel.CreateUnbounded<CommittedBatch>();
    private List<StoredFrame> _open = [];
    private TaskCompletionSource _ticket = New();
    private long _batch = 1;

    /// <summary>True: every frame is its own batch and durable when <see cref="AppendAsync"/> returns.</summary>
    public bool CommitsAtOnce { get; set; } = true;

    public string? Trouble { get; set; }

    public long AppliedThrough { get; set; }

    public long Last => AppliedThrough;

    public IReadOnlyList<StoredFrame> Stored
    {
        get
        {
            lock (_lock) return [.. _stored];
        }
    }

    public int Open
    {
        get
        {
            lock (_lock) return _open.Count;
        }
    }

    public ValueTask<FrameReceipt> AppendAsync(FrameArrival arrival, ReadOnlySequence<byte> bytes, CancellationToken ct)
    {
        lock (_lock)
        {
            var id = new FrameId(_batch, _open.Count);
            _open.Add(new(id, arrival, bytes.ToArray()));
            var ticket = _ticket.Task;
            if (CommitsAtOnce) EndBatch(stored: true);
            return ValueTask.FromResult(new FrameReceipt(id, ticket));
        }
    }

    /// <summary>Frames of an earlier run.</summary>
    public void Hold(IEnumerable<StoredFrame> earlier)
    {
        lock (_lock) _stored.AddRange(earlier);
    }

    public Task<StoredFrame?> FindAsync(FrameId id, CancellationToken ct) => throw new NotSupportedException();

    public Task<Page<StoredFrame>> ListAsync(FrameQuery query, CancellationToken ct) => Task.FromResult(new Page<StoredFrame>(
        [.. Stored.Where(frame => frame.Arrival.ReceivedAt >= query.From && frame.Arrival.ReceivedAt < query.To && (query.Verdict is null || query.Verdict == frame.Arrival.Verdict))], null));

    public Task<Page<StoredFrame>> NewestAsync(string mn, DateTimeOffset? to, int limit, string? after, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<(int StationNo, IReadOnlyList<byte[]> FrameSha256)>> HourDigestsAsync(DateTimeOffset hour, CancellationToken ct) => throw new NotSupportedException();

    public void Commit()
    {
        lock (_lock) EndBatch(stored: true);
    }

    public void FailBatch()
    {
        lock (_lock) EndBatch(stored: false);
    }

    public async IAsyncEnumerable<CommittedBatch> FollowAsync(long afterBatch, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var batch in _tail.Reader.ReadAllAsync(ct))
            if (batch.Id > afterBatch) yield return batch;
    }

    private void EndBatch(bool stored)
    {
        var (frames, ticket) = (_open, _ticket);
        (_open, _ticket) = ([], New());
        Trouble = stored ? null : "store-failed: disk full";
        if (stored)
        {
            _stored.AddRange(frames);
            _tail.Writer.TryWrite(new(_batch, frames));
            ticket.SetResult();
        }
        else
        {
            ticket.SetException(new FramesNotStoredException("disk full", null));
        }

        _batch++;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
