using System.Runtime.CompilerServices;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>The log as a stream without end: old batches from disk, new ones as they are committed.</summary>
internal sealed class FrameTail(BatchReader reader, RecentBatches recent, IMarkStore marks) : IFrameTail
{
    public long AppliedThrough => marks.Read(IMarkStore.Applied);

    public long Last => recent.Last;

    public IAsyncEnumerable<CommittedBatch> FollowAsync(long afterBatch, CancellationToken ct) => FollowAsync(afterBatch, reader.After, batch => batch.Id, ct);

    /// <summary>As <see cref="FollowAsync(long, CancellationToken)"/>, for the index, which needs no frames.</summary>
    public IAsyncEnumerable<BatchOutline> FollowOutlinesAsync(long afterBatch, CancellationToken ct) => FollowAsync(afterBatch, reader.OutlinesAfter, batch => batch.Id, ct);

    private async IAsyncEnumerable<T> FollowAsync<T>(long afterBatch, Func<long, IEnumerable<T>> after, Func<T, long> idOf, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            var next = recent.NextAsync(); // asked for before reading: a batch that comes meanwhile is not missed
            var through = recent.Last;
            foreach (var batch in after(afterBatch))
            {
                ct.ThrowIfCancellationRequested();
                yield return batch;
                afterBatch = idOf(batch);
            }

            afterBatch = Math.Max(afterBatch, through); // passes a damaged batch at the end, too
            await next.WaitAsync(ct);
        }
    }
}
