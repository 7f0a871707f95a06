using System.Runtime.CompilerServices;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>The log as a stream without end: old batches from disk, new ones as they are committed.</summary>
internal sealed class FrameTail(BatchReader reader, RecentBatches recent, IMarkStore marks) : IFrameTail
{
    public long AppliedThrough => marks.Read(IMarkStore.Applied);

    public async IAsyncEnumerable<CommittedBatch> FollowAsync(long afterBatch, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            var next = recent.NextAsync(); // asked for before reading: a batch that comes meanwhile is not missed
            var through = recent.Last;
            foreach (var batch in reader.After(afterBatch))
            {
                ct.ThrowIfCancellationRequested();
                yield return batch;
                afterBatch = batch.Id;
            }

            afterBatch = Math.Max(afterBatch, through); // passes a damaged batch at the end, too
            await next.WaitAsync(ct);
        }
    }
}
