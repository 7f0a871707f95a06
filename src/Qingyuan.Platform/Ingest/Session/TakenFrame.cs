using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>A judged frame on its way into the log.</summary>
/// <param name="Session">Null unless the sender is vouched for.</param>
/// <param name="FirstCopy">For a repeat, the ticket of the batch that holds the first copy.</param>
internal readonly record struct TakenFrame(Judgement Judged, StationSession? Session, ulong Hash, Task? FirstCopy)
{
    public FrameArrival Arrival(DateTimeOffset at, string source) => new(Judged.StationNo, Judged.Mn, at, Judged.Verdict, Judged.Why, source);
}
