using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Cold;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Months;

/// <summary>A month of a class wherever it lies: database and cold files together.</summary>
internal sealed class TelemetryMonths(IMonthStore store, ColdCatalogue cold, IChunkStore chunks, IChunkMonths hot, OpenChunks open, IFrameStore frames, LatestValues latest, IMonthGuard guard, DeletedValues deleted) : ITelemetryMonths
{
    public Task<IReadOnlyList<MonthSize>> LookAsync(TelemetryClass kind, int from, int to, CancellationToken ct) => Task.Run(
        () =>
        {
            if (kind is TelemetryClass.Values) open.WriteAll(); // what waits in memory is shown too
            var months = store.Months(kind).Concat(Cold(kind).Select(part => ColdFormat.MonthOf(part.Month))).Where(month => month >= from && month <= to).Distinct().Order();
            return (IReadOnlyList<MonthSize>)[.. months.Select(month => Size(kind, month))];
        },
        ct);

    public Task<MonthContent?> DescribeAsync(TelemetryClass kind, int month, CancellationToken ct) => Task.Run(
        () =>
        {
            if (kind is TelemetryClass.Values) open.WriteAll(); // what goes is told whole
            List<ColdFile> files = [.. store.Files(kind, month, ct), .. Parts(kind, month).SelectMany(part => part.Files)];
            if (files is []) return null;
            var size = Size(kind, month);
            return new MonthContent(size.Month, size.Bytes, size.Items, files, kind is TelemetryClass.Frames ? Stretches(month) : [], size.NewestReceipt);
        },
        ct);

    public Task<long?> DeleteAsync(TelemetryClass kind, int month, CancellationToken ct) => Task.Run(
        async () =>
        {
            await deleted.LearnAsync(ct);
            using var alone = guard.TryEnter();
            if (alone is null) return (long?)null;
            var through = frames.ReadHead().Id;
            if (kind is TelemetryClass.Values) open.Leave(month, () => DeleteValues(month, through));
            else store.Delete(kind, month);
            return through;
        },
        ct);

    private void DeleteValues(int month, long through)
    {
        cold.Remove(month);
        store.Delete(TelemetryClass.Values, month);
        deleted.Add(month, through);
        latest.Forget(month);
    }

    private IReadOnlyList<ColdPart> Cold(TelemetryClass kind) => kind is TelemetryClass.Values ? cold.All() : [];

    private IReadOnlyList<ColdPart> Parts(TelemetryClass kind, int month) => kind is TelemetryClass.Values ? cold.Of(month) : [];

    private long Bytes(TelemetryClass kind, int month) => store.Bytes(kind, month) + Parts(kind, month).SelectMany(part => part.Files).Sum(file => file.Bytes);

    private MonthSize Size(TelemetryClass kind, int month)
    {
        if (kind is not TelemetryClass.Values) return new(MonthName.Of(month), Bytes(kind, month), store.Items(kind, month));
        var (values, newest) = Hot(month);
        foreach (var part in cold.Of(month)) (values, newest) = (values + part.Values, Math.Max(newest, Micros.Of(NewestReceipt(part))));
        return new(MonthName.Of(month), Bytes(kind, month), values, newest is long.MinValue ? null : Micros.Instant(newest));
    }

    private (long Values, long NewestMicros) Hot(int month)
    {
        var start = new DateTime(month / 12, (month % 12) + 1, 1);
        var (values, newest) = (0L, long.MinValue);
        foreach (var station in hot.Stations(month))
        foreach (var period in Enum.GetValues<Resolution>())
        foreach (var (key, bytes) in chunks.Read([.. ChunkKey.Between(period, start, start.AddMonths(1), station)]))
            if (Decode(key, bytes) is { } chunk) (values, newest) = (values + chunk.Cells, Math.Max(newest, chunk.NewestMicros));
        return (values, newest);
    }

    /// <summary>Null when it is damaged: nobody can count that.</summary>
    private Chunk? Decode(ChunkKey key, byte[] bytes)
    {
        try
        {
            return ChunkDecoder.Decode(key, bytes, chunks.Codes(key));
        }
        catch (ChunkCorruptException)
        {
            return null;
        }
    }

    private DateTimeOffset NewestReceipt(ColdPart part)
    {
        try
        {
            return part.NewestReceipt ?? Micros.Instant(ColdReader.Sources(cold.SourcesOf(part)).Max(source => source.Source.ReceivedMicros));
        }
        catch (Exception error) when (error is ColdFileException or InvalidOperationException)
        {
            return part.WrittenAt; // it cannot be asked; later than that nothing in it was received
        }
    }

    /// <summary>Batches that follow each other; a clock that jumped over the end of a month leaves more than one stretch.</summary>
    private List<LogStretch> Stretches(int month)
    {
        var stretches = new List<LogStretch>();
        foreach (var link in store.Links(month))
        {
            var (before, after) = (Convert.ToHexStringLower(link.Previous), Convert.ToHexStringLower(link.Sha256));
            if (stretches is [.., var last] && last.After == before) stretches[^1] = last with { After = after, LastBatch = link.Id };
            else stretches.Add(new(before, after, link.Id));
        }

        return stretches;
    }
}

/// <summary>Without a slice that decides nothing is ever deleted.</summary>
internal sealed class NothingDeleted : IDeletedMonths
{
    public Task<IReadOnlyList<MonthContent>> FramesAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<MonthContent>>([]);

    public Task<IReadOnlyDictionary<int, long>> ValuesAsync(CancellationToken ct) => Task.FromResult<IReadOnlyDictionary<int, long>>(new Dictionary<int, long>());
}
