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
            return (IReadOnlyList<MonthSize>)[.. months.Select(month => new MonthSize(MonthName.Of(month), Bytes(kind, month), Items(kind, month)))];
        },
        ct);

    public Task<MonthContent?> DescribeAsync(TelemetryClass kind, int month, CancellationToken ct) => Task.Run(
        () =>
        {
            if (kind is TelemetryClass.Values) open.WriteAll(); // what goes is told whole
            List<ColdFile> files = [.. store.Files(kind, month, ct), .. Parts(kind, month).SelectMany(part => part.Files)];
            return files is [] ? null : new MonthContent(MonthName.Of(month), Bytes(kind, month), Items(kind, month), files, kind is TelemetryClass.Frames ? Stretches(month) : []);
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

    private long Items(TelemetryClass kind, int month) => kind is TelemetryClass.Values ? Parts(kind, month).Sum(part => part.Values) + HotValues(month) : store.Items(kind, month);

    private long HotValues(int month)
    {
        var start = new DateTime(month / 12, (month % 12) + 1, 1);
        var keys = from station in hot.Stations(month)
                   from period in Enum.GetValues<Resolution>()
                   select ChunkKey.Between(period, start, start.AddMonths(1), station).ToList();
        return keys.Sum(part => chunks.Read(part).Sum(chunk => CellsOf(chunk.Key, chunk.Bytes)));
    }

    private long CellsOf(ChunkKey key, byte[] bytes)
    {
        try
        {
            return ChunkDecoder.Decode(key, bytes, chunks.Codes(key)).Cells;
        }
        catch (ChunkCorruptException)
        {
            return 0; // nobody can count what is damaged
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
