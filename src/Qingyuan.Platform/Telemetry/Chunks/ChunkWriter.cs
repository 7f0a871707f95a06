using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Frames;
using Qingyuan.Platform.Telemetry.Months;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>The only write path of measured values.</summary>
internal sealed class ChunkWriter(OpenChunks chunks, LatestValues latest, FrameIndex index, IMarkStore marks, DeletedValues deleted) : IChunkWriter
{
    private readonly Lock _checkpoint = new();

    public ValueTask<ApplyOutcome> ApplyAsync(int stationNo, ReportedValues values, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return deleted.IsKnown ? new(Apply(stationNo, values)) : LearnAndApplyAsync(stationNo, values, ct);
    }

    /// <summary>The mark comes last: a crash before it only means that frames are applied again, which changes nothing.</summary>
    public Task CheckpointAsync(long appliedThrough, CancellationToken ct)
    {
        lock (_checkpoint)
        {
            try
            {
                chunks.WriteAll();
            }
            finally
            {
                // Also when a month's file is damaged: then only the mark stays, and a restart applies again what could not be written.
                latest.Write();
                index.Flush();
            }

            if (appliedThrough > marks.Read(IMarkStore.Applied)) marks.Write(IMarkStore.Applied, appliedThrough);
        }

        return Task.CompletedTask;
    }

    private async ValueTask<ApplyOutcome> LearnAndApplyAsync(int stationNo, ReportedValues values, CancellationToken ct)
    {
        await deleted.LearnAsync(ct);
        return Apply(stationNo, values);
    }

    private ApplyOutcome Apply(int stationNo, ReportedValues values)
    {
        var outcome = chunks.Apply(stationNo, values);
        if (values.Resolution is Resolution.Realtime) latest.Apply(stationNo, values);
        return outcome;
    }
}
