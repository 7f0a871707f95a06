using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Ingest.Listening;
using Qingyuan.Platform.Ingest.Session;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Health;

internal sealed class IngestStatus(
    IngestCounters counters, AcceptLimiter limiter, ConnectionHeartbeat connections, LoadShedding shedding, QuarantineBudget quarantine,
    LineGate lines, IFrameLog frames, UnknownStations unknown, IStationDirectory stations) : IIngestHealth
{
    public IngestHealth Now => new(
        counters.Received, counters.Stored,
        counters.Of(FrameVerdict.Accepted) + counters.Of(FrameVerdict.AcceptedWithNotes),
        counters.Of(FrameVerdict.Rejected), counters.Of(FrameVerdict.Quarantined), counters.Of(FrameVerdict.Repeated),
        counters.BytesSkipped, limiter.Open, counters.Commits.Milliseconds(0.5), counters.Commits.Milliseconds(0.99),
        counters.AppliedThrough, counters.CommittedThrough, frames.Trouble ?? shedding.Trouble, counters.Reasons())
    {
        BeingStored = Math.Max(0, counters.InFlight),
        NotStored = counters.Of(IntakeReason.NotStored),
        CommitLagMs = Math.Round(shedding.CommitLag.TotalMilliseconds),
        Shedding = shedding.Level.ToString(),
        ConnectionsPaused = connections.Paused,
        Lines = [.. lines.Lines.Select(line => new LineHealth(line.EndPoint?.ToString() ?? "", line.Rules.Encrypted, line.Rules.KnowsCallers, line.Connections))],
        QuarantineBytesToday = quarantine.Total,
    };

    public IReadOnlyList<(string Mn, string Remote, long Frames, DateTimeOffset First, DateTimeOffset Last)> UnknownStations =>
        [.. unknown.List().Where(seen => stations.FindAccess(seen.Mn) is null)];
}
