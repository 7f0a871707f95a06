using System.Diagnostics.Metrics;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry;

/// <summary>Meter <c>Qingyuan.Telemetry</c>.</summary>
internal sealed class TelemetryMetrics : IDisposable
{
    public const string MeterName = "Qingyuan.Telemetry";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _stored;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _rawBytes;
    private readonly Counter<long> _corrupt;
    private readonly Histogram<double> _commit;
    private readonly Histogram<int> _batch;

    public TelemetryMetrics()
    {
        _stored = _meter.CreateCounter<long>("qingyuan.telemetry.frames.stored", "{frame}", "Frames made durable.");
        _failed = _meter.CreateCounter<long>("qingyuan.telemetry.frames.failed", "{frame}", "Frames whose batch could not be stored; none of them was acknowledged.");
        _rawBytes = _meter.CreateCounter<long>("qingyuan.telemetry.frames.bytes", "By", "Batch content stored, before compression.");
        _corrupt = _meter.CreateCounter<long>("qingyuan.telemetry.corrupt", "{item}", "Stored batches or chunks whose checksum did not fit when read.");
        _commit = _meter.CreateHistogram<double>("qingyuan.telemetry.commit", "ms", "Packing and committing one buffer.");
        _batch = _meter.CreateHistogram<int>("qingyuan.telemetry.commit.frames", "{frame}", "Frames per commit.");
    }

    public void Committed(int frames, List<BatchRow> rows, TimeSpan elapsed)
    {
        _stored.Add(frames);
        _commit.Record(elapsed.TotalMilliseconds);
        _batch.Record(frames);
        foreach (var row in rows) _rawBytes.Add(row.RawBytes);
    }

    public void Failed(int frames) => _failed.Add(frames);

    public void Corrupt() => _corrupt.Add(1);

    public void ObserveOpenChunks(Func<int> count) =>
        _meter.CreateObservableGauge("qingyuan.telemetry.chunks.open", count, "{chunk}", "Chunks held in memory.");

    public void Dispose() => _meter.Dispose();
}
