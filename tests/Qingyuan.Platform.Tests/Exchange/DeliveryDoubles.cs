using System.Globalization;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Exchange;

/// <summary>The blobs of another store, and every stream of them that was given out.</summary>
internal sealed class OpenedBlobs(IBlobStore blobs) : IBlobStore
{
    public List<Stream> Opened { get; } = [];

    public Task<KeptBlob?> KeepAsync(Stream content, long atMost, CancellationToken ct) => blobs.KeepAsync(content, atMost, ct);

    public async Task<Stream?> OpenAsync(string sha256, CancellationToken ct)
    {
        var content = await blobs.OpenAsync(sha256, ct);
        if (content is not null) Opened.Add(content);
        return content;
    }

    public Stream Aside() => blobs.Aside();

    public Task<long?> LengthAsync(string sha256, CancellationToken ct) => blobs.LengthAsync(sha256, ct);
}

/// <summary>Takes no entry.</summary>
internal sealed class LedgerOutOfOrder : IElectronicLedger
{
    public Guid Record(QingyuanDb db, LedgerEntryDraft draft) => throw new InvalidOperationException("out of order");

    public Task<bool> HasAsync(QingyuanDb db, LedgerEntryDraft draft, CancellationToken ct) => Task.FromResult(false);
}

/// <summary>Texts that were given away, and how many of them somebody still held at the worst moment at which they were counted.</summary>
internal sealed class HeldTexts
{
    private readonly List<WeakReference> _given = [];

    public int Most { get; private set; }

    public string Give(string text)
    {
        _given.Add(new(text));
        return text;
    }

    public void Count()
    {
        GC.Collect();
        _given.RemoveAll(text => !text.IsAlive);
        Most = Math.Max(Most, _given.Count);
    }
}

/// <summary>A value a minute of every station, made when it is asked for and held by nobody but who asked.</summary>
internal sealed class ValueAMinute : ITelemetryReader
{
    public HeldTexts Held { get; } = new();

    public Task<IReadOnlyList<ReportedValues>> ReadAllAsync(int stationNo, Resolution resolution, DateTime from, DateTime to, CancellationToken ct)
    {
        Held.Count();
        var frames = new List<ReportedValues>();
        for (var at = from; at < to; at = at.AddMinutes(1))
        {
            var value = new ReportedValue("a21002", "Rtd", Held.Give(at.ToString("MMddHHmm'.50'", CultureInfo.InvariantCulture)), "N", null);
            frames.Add(new(new(1, frames.Count), resolution, at, StationClock.Instant(at), [value]));
        }

        return Task.FromResult<IReadOnlyList<ReportedValues>>(frames);
    }

    public Task<IReadOnlyList<ReadingRow>> ReadAsync(SeriesQuery query, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<LatestValue>> LatestAsync(int stationNo, CancellationToken ct) => throw new NotSupportedException();
}
