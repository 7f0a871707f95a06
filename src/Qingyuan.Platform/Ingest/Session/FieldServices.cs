using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>What every connection shares.</summary>
internal sealed record FieldServices(
    IngestOptions Options, TimeProvider Time, IngestCounters Counters, StoreWatch Store, FrameJudge Judge, IFrameLog Frames,
    SessionRegistry Sessions, LinkNotifier Links, QuarantineBudget Quarantine, LoadShedding Shedding);
