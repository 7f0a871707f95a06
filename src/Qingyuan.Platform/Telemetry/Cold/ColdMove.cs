using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Reading;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Cold;

/// <summary>Where a move may be cut off; tests do it.</summary>
internal enum ColdStep
{
    Written,
    Verified,
    Named,
    Listed,
    Entered,
    Dropped,
}

/// <summary>
/// Moves whole months from chunks to cold files: write beside, read back and compare every value, name, list, enter into the ledger, and only then drop the chunks. Cut off
/// anywhere, the next run goes on: what is not listed is written anew, what is listed is not written again.
/// </summary>
internal sealed class ColdMove(
    IChunkStore chunks, IChunkMonths months, ColdCatalogue catalogue, ColdStore cold, IMonthGuard guard, IColdPolicy policy, ILoggerIds ids, TelemetryOptions options, TimeProvider clock, ILogger<ColdMove> log) : IColdTier
{
    private const string Temporary = ".tmp";

    public string Folder => catalogue.Folder;

    /// <summary>Called at each step.</summary>
    internal Action<ColdStep>? At { get; set; }

    public IReadOnlyList<ColdPart> Parts() => catalogue.All();

    public Task<ColdRun> RunAsync(CancellationToken ct) => Task.Run(() => MoveAllAsync(ct), ct);

    private async Task<ColdRun> MoveAllAsync(CancellationToken ct)
    {
        var now = StationClock.Wall(clock.GetUtcNow());
        var newest = MonthName.Number(now) - await policy.MonthsAsync(ct) - 1;
        var due = months.Months(newest);
        var run = (Parts: new List<ColdPart>(), Moved: new List<string>(), Left: new List<string>());
        if (due is []) return new(run.Parts, run.Moved, run.Left);
        using var alone = guard.TryEnter();
        if (alone is null) return new(run.Parts, run.Moved, run.Left);
        foreach (var month in due)
        {
            var why = await MoveAsync(month, run.Parts, ct);
            if (why is null) run.Moved.Add(MonthName.Of(month));
            else run.Left.Add(MonthName.Of(month));
            if (why is null) Log.Moved(log, MonthName.Of(month));
            else Log.StaysHot(log, MonthName.Of(month), why);
        }

        return new(run.Parts, run.Moved, run.Left);
    }

    /// <returns>Null when the month's chunks are gone, else why it stays.</returns>
    private async Task<string?> MoveAsync(int month, List<ColdPart> written, CancellationToken ct)
    {
        catalogue.Sweep(month);
        var stamp = months.Stamp(month);
        try
        {
            foreach (var content in Contents(month, ct)) written.Add(await WriteAsync(month, content, ct));
        }
        catch (StoredDamageException error)
        {
            return error.Message; // the walk makes it anew where that can be, a later run moves it; the other months go on
        }

        foreach (var part in catalogue.Of(month)) await policy.EnterAsync(part, ct);
        At?.Invoke(ColdStep.Entered);
        if (!months.Drop(month, stamp)) return "a late frame was written meanwhile";
        At?.Invoke(ColdStep.Dropped);
        return null;
    }

    /// <summary>What is hot of a month and not cold yet, in portions of whole stations.</summary>
    private IEnumerable<ColdContent> Contents(int month, CancellationToken ct)
    {
        ColdContent? content = null;
        foreach (var stationNo in months.Stations(month))
        {
            ct.ThrowIfCancellationRequested();
            var known = cold.Month(month, stationNo);
            foreach (var (key, bytes) in Hot(month, stationNo))
            {
                if (NotYet(key, bytes, known.GetValueOrDefault(key)) is not { } its) continue;
                (content ??= new(chunks.Codes(key))).Add(key, its);
            }

            if (content is null || content.Bytes < options.ColdFileBytes) continue;
            yield return content;
            content = null;
        }

        if (content is not null) yield return content;
    }

    private IEnumerable<(ChunkKey Key, byte[] Bytes)> Hot(int month, int stationNo)
    {
        var from = new DateTime(month / 12, (month % 12) + 1, 1);
        return Enum.GetValues<Resolution>().SelectMany(period => chunks.Read([.. ChunkKey.Between(period, from, from.AddMonths(1), stationNo)]));
    }

    /// <summary>Of a chunk that was re-opened, only what came late; null when nothing did.</summary>
    private byte[]? NotYet(ChunkKey key, byte[] bytes, Chunk? known)
    {
        if (known is null) return bytes;
        var there = FrameRows.Of(known, DateTime.MinValue, DateTime.MaxValue).SelectMany(frame => frame.Values.Select(value => (frame.DataTime, value.Factor, value.Quantity))).ToHashSet();
        var late = new Chunk(key);
        foreach (var frame in FrameRows.Of(ChunkDecoder.Decode(key, bytes, chunks.Codes(key)), DateTime.MinValue, DateTime.MaxValue))
        {
            List<ReportedValue> values = [.. frame.Values.Where(value => !there.Contains((frame.DataTime, value.Factor, value.Quantity)))];
            if (values.Count > 0) late.Apply(frame with { Values = values }, []);
        }

        return late.Cells is 0 ? null : new ChunkEncoder().Encode(late, chunks.Codes(key));
    }

    private async Task<ColdPart> WriteAsync(int month, ColdContent content, CancellationToken ct)
    {
        var (name, number) = (MonthName.Of(month), catalogue.NextNumber(month));
        string[] names = [ColdCatalogue.NameOf("values", name, number), ColdCatalogue.NameOf("sources", name, number)];
        string[] paths = [.. names.Select(file => Path.Combine(catalogue.Folder, file))];
        var mns = content.Stations.ToDictionary(station => station, station => ids.Of(station) ?? "");
        await ColdWriter.ValuesAsync(paths[0] + Temporary, content.Rows(), station => mns[station], ct);
        await ColdWriter.SourcesAsync(paths[1] + Temporary, content.Sources(), station => mns[station], ct);
        At?.Invoke(ColdStep.Written);
        Verify(content, paths[0] + Temporary, paths[1] + Temporary);
        At?.Invoke(ColdStep.Verified);
        var files = paths.Zip(names, (path, file) => new ColdFile(file, new FileInfo(path + Temporary).Length, ColdCatalogue.Sha256(path + Temporary, Pace.Full, ct))).ToList();
        foreach (var path in paths) File.Move(path + Temporary, path);
        At?.Invoke(ColdStep.Named);
        var part = new ColdPart(name, number, Micros.Instant(Micros.Of(clock.GetUtcNow())), content.Stations, content.Values, content.SourceCount, files, content.NewestReceipt);
        catalogue.Add(part);
        At?.Invoke(ColdStep.Listed);
        Log.ColdWritten(log, files[0].Name, content.Values, files.Sum(file => file.Bytes));
        return part;
    }

    private static void Verify(ColdContent content, string values, string sources)
    {
        if (!content.Rows().SequenceEqual(ColdReader.Values(values))) throw new ColdFileException(Path.GetFileName(values));
        if (!content.Sources().Select((source, number) => (number, source)).SequenceEqual(ColdReader.Sources(sources))) throw new ColdFileException(Path.GetFileName(sources));
    }
}
