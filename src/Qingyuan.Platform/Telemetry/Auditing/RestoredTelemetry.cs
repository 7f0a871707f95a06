using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Frames;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Auditing;

/// <summary>Sets the epoch below which no batch is written any more far above the restored ones.</summary>
internal sealed class RestoredTelemetry(IFrameStore frames, IMarkStore marks) : IRestoredTelemetry
{
    // Starts of the lost installation between its last backup and its loss; nobody restarts so often.
    private const long Starts = 1024;

    public void LeaveRoom()
    {
        marks.Write(IMarkStore.Walked, 0); // what the lost installation read was another disk's
        marks.Write(IMarkStore.EpochFloor, Math.Max(marks.Read(IMarkStore.EpochFloor), FrameCommitter.EpochOf(frames.ReadHead().Id)) + Starts);
    }
}
