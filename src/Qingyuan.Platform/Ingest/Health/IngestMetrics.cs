using System.Diagnostics.Metrics;
using Qingyuan.Platform.Ingest.Listening;
using Qingyuan.Platform.Ingest.Session;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Health;

/// <summary>Meter <c>Qingyuan.Ingest</c>. All instruments look at the counters when asked, so frames pay nothing for them.</summary>
internal sealed class IngestMetrics
{
    private const string Name = "Qingyuan.Ingest";

    public IngestMetrics(IMeterFactory meters, IngestCounters counters, AcceptLimiter limiter, LoadShedding shedding, QuarantineBudget quarantine)
    {
        var meter = meters.Create(Name);
        meter.CreateObservableCounter("qingyuan.ingest.frames", () => Verdicts(counters), "{frame}", "Frames received, by verdict.");
        meter.CreateObservableCounter("qingyuan.ingest.refusals", () => Reasons(counters), "{event}", "Frames and connections not plainly accepted, by reason.");
        meter.CreateObservableCounter("qingyuan.ingest.stored", () => counters.Stored, "{frame}", "Frames durable.");
        meter.CreateObservableCounter("qingyuan.ingest.answered", () => counters.Answered, "{frame}", "Frames answered after they were durable.");
        meter.CreateObservableCounter("qingyuan.ingest.applied", () => counters.Applied, "{frame}", "Frames brought to their twins.");
        meter.CreateObservableUpDownCounter("qingyuan.ingest.connections", () => limiter.Open, "{connection}", "Open connections of loggers.");
        meter.CreateObservableGauge("qingyuan.ingest.commit.p99", () => counters.Commits.Milliseconds(0.99), "ms", "From arrival to durable, 99th percentile.");
        meter.CreateObservableGauge("qingyuan.ingest.commit.lag", () => shedding.CommitLag.TotalMilliseconds, "ms", "How long the oldest received frame waits for its commit.");
        meter.CreateObservableGauge("qingyuan.ingest.shedding", () => (int)shedding.Level, description: "0: nothing waits. 1: connections that upload history are not read. 2: nor is a new one accepted.");
        meter.CreateObservableGauge("qingyuan.ingest.quarantine", () => quarantine.Total, "By", "Bytes from strangers kept since midnight UTC.");
        meter.CreateObservableGauge("qingyuan.ingest.lag", () => counters.CommittedThrough - counters.AppliedThrough, "{batch}", "Batches stored and not yet applied.");
    }

    private static IEnumerable<Measurement<long>> Verdicts(IngestCounters counters) =>
        Enum.GetValues<FrameVerdict>().Select(verdict => new Measurement<long>(counters.Of(verdict), new KeyValuePair<string, object?>("verdict", verdict.ToString())));

    private static IEnumerable<Measurement<long>> Reasons(IngestCounters counters) =>
        counters.Reasons().Select(pair => new Measurement<long>(pair.Value, new KeyValuePair<string, object?>("reason", pair.Key)));
}
