using System.Buffers;
using System.Runtime.CompilerServices;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Benchmarks.Ingest;

/// <summary>The limit: a log that keeps nothing and calls everything durable at once.</summary>
internal sealed class NotStoring : IFrameLog, IFrameTail, IFrameReader
{
    public string? Trouble => null;

    public long AppliedThrough => 0;

    public long Last => AppliedThrough;

    public ValueTask<FrameReceipt> AppendAsync(FrameArrival arrival, ReadOnlySequence<byte> bytes, CancellationToken ct) => new(new FrameReceipt(default, Task.CompletedTask));

    public Task<StoredFrame?> FindAsync(FrameId id, CancellationToken ct) => Task.FromResult<StoredFrame?>(null);

    public Task<Page<StoredFrame>> ListAsync(FrameQuery query, CancellationToken ct) => Task.FromResult(new Page<StoredFrame>([], null));

    public Task<Page<StoredFrame>> NewestAsync(string mn, DateTimeOffset? to, int limit, string? after, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<(int StationNo, IReadOnlyList<byte[]> FrameSha256)>> HourDigestsAsync(DateTimeOffset hour, CancellationToken ct) => throw new NotSupportedException();

    public async IAsyncEnumerable<CommittedBatch> FollowAsync(long afterBatch, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Delay(Timeout.Infinite, ct);
        yield break;
    }
}
