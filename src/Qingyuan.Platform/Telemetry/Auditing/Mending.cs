using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Telemetry.Chunks;
using Qingyuan.Platform.Telemetry.Cold;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Auditing;

/// <summary>
/// Works off the list of what was set aside as damaged: chunks in the store, cold parts in their folder. Both lists are on disk, and a line is crossed out last, when what
/// was made anew from frames is whole and on disk too: whoever is stopped anywhere begins again with the same lines, and applying frames again changes nothing.
/// </summary>
internal sealed class Mending(IChunkStore chunks, OpenChunks open, ColdStore cold, ColdCatalogue catalogue, ColdRepair parts, IChunkRefill refill, ILogger<Mending> log) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    // Cold parts at which the world failed: they lie where they were again, and so in no list on disk.
    private readonly List<ColdPart> _again = [];

    /// <summary>Works off all of it.</summary>
    /// <param name="damaged">Chunks that lie damaged where they were written, beside those that were set aside.</param>
    /// <param name="damagedParts">Cold parts that do.</param>
    /// <param name="hasAllFrames">Whether the log was read through and has every frame that can have spoken for a chunk: decides where nothing tells any more how much was in it.</param>
    /// <param name="ct">Stops it; what is not done stays in the list.</param>
    public async Task<MendingReport> WorkOffAsync(IReadOnlyList<ChunkKey> damaged, IReadOnlyList<ColdPart> damagedParts, Func<ChunkKey, bool> hasAllFrames, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            var report = new MendingReport();
            await MendChunksAsync(damaged, hasAllFrames, report, ct);
            await MendPartsAsync(damagedParts, report, ct);
            return report;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task MendChunksAsync(IReadOnlyList<ChunkKey> damaged, Func<ChunkKey, bool> hasAllFrames, MendingReport report, CancellationToken ct)
    {
        foreach (var key in damaged) open.Rewrite(key);
        var aside = chunks.Unmended().Select(chunk => chunk.Key).ToHashSet();
        var due = damaged.Concat(aside).Distinct().ToDictionary(key => key, key => new ChunkMending(key, aside.Contains(key)));
        if (due.Count is 0) return;
        foreach (var chunk in due.Values) await RefillAsync(chunk, RefillReach.Usual, report, ct);
        Write();
        Judge(due, hasAllFrames);
        foreach (var chunk in due.Values.Where(chunk => chunk.Why is not null))
        {
            await RefillAsync(chunk, RefillReach.Rest, report, ct);
            chunk.IsSearched = true;
        }

        Write();
        Judge(due, hasAllFrames);
        foreach (var chunk in due.Values) CrossOut(chunk, report);
    }

    /// <summary>Each by itself: one that cannot be made anew keeps no other from it.</summary>
    private async Task RefillAsync(ChunkMending chunk, RefillReach reach, MendingReport report, CancellationToken ct)
    {
        try
        {
            chunk.Frames += await refill.RefillAsync(chunk.Key.StationNo, chunk.Key.Resolution, chunk.Key.Start, chunk.Key.End, reach, chunk.WasAside, ct);
        }
        catch (Exception error) when (!ct.IsCancellationRequested) // whatever a twin or a store throws; the line stays in the list
        {
            chunk.Failure = error.Message;
            report.IsToBeTriedAgain |= error is not StoredDamageException;
            Log.MendingFailed(log, chunk.Key.ToString(), error);
        }
    }

    /// <summary>Only what is on disk counts.</summary>
    private void Write()
    {
        try
        {
            open.WriteAll();
        }
        catch (StoredDamageException)
        {
            // The other months were written; those of the damaged file are judged by what it has.
        }
    }

    private void Judge(Dictionary<ChunkKey, ChunkMending> due, Func<ChunkKey, bool> hasAllFrames)
    {
        var aside = chunks.Unmended().ToLookup(chunk => chunk.Key, chunk => chunk.Bytes);
        foreach (var chunk in due.Values) chunk.Why = chunk.Failure ?? Missing(chunk, [.. aside[chunk.Key]], hasAllFrames);
    }

    /// <returns>Null when it is whole on disk, or gone with its month.</returns>
    private string? Missing(ChunkMending chunk, List<byte[]> aside, Func<ChunkKey, bool> hasAllFrames)
    {
        if (!TryCount(chunk.Key, out var there)) return "its checksum differs";
        if (aside is []) return null;
        var were = aside.Select(bytes => ChunkCensus.Count(bytes)).ToList();
        if (were.Max() is { } most && there < most) return $"set aside as damaged with {most} values, {there} are made anew";
        if (were.Contains(null) && !(chunk.IsSearched && chunk.Frames > 0 && hasAllFrames(chunk.Key))) return $"set aside as damaged, {there} values are made anew from {chunk.Frames} frames; nothing tells yet that these are all";
        return null;
    }

    /// <summary>Values on disk, hot and cold.</summary>
    private bool TryCount(ChunkKey key, out long cells)
    {
        cells = 0;
        try
        {
            var hot = chunks.Read(key) is var (bytes, _) ? ChunkDecoder.Decode(key, bytes, chunks.Codes(key)) : new(key);
            cells = (Cold(key) is { } earlier ? ColdStore.Merge(earlier, hot) : hot).Cells;
            return true;
        }
        catch (Exception error) when (error is StoredDamageException or InvalidDataException)
        {
            return false;
        }
    }

    private Chunk? Cold(ChunkKey key)
    {
        try
        {
            return cold.Find(key);
        }
        catch (ColdFileException)
        {
            return null; // told by its part
        }
    }

    private void CrossOut(ChunkMending chunk, MendingReport report)
    {
        if (chunk.Why is { } why)
        {
            report.Left.Add(new(TelemetryAudit.Chunk, chunk.Key.ToString(), why));
            return;
        }

        chunks.MarkMended(chunk.Key);
        report.Mended++;
        Log.ChunkRepaired(log, chunk.Key.ToString(), chunk.Frames);
    }

    private async Task MendPartsAsync(IReadOnlyList<ColdPart> damaged, MendingReport report, CancellationToken ct)
    {
        // All of them first: values are counted past what is damaged.
        foreach (var part in damaged.Concat(_again).DistinctBy(part => part.Files[0].Name).Where(IsListed)) catalogue.SetAside(part);
        _again.Clear();
        foreach (var part in catalogue.Unmended()) await MendPartAsync(part, report, ct);
    }

    private bool IsListed(ColdPart part) => catalogue.Of(ColdFormat.MonthOf(part.Month)).Any(listed => listed.Number == part.Number && listed.Files[0].Sha256 == part.Files[0].Sha256);

    private async Task MendPartAsync(ColdPart part, MendingReport report, CancellationToken ct)
    {
        try
        {
            if (await parts.RepairAsync(part, ct)) report.Mended++;
            else report.Left.Add(new(TelemetryAudit.Cold, part.Files[0].Name, $"{new ColdFileException(part.Files[0].Name).Message} Its frames do not bring back all of its {part.Values} values."));
        }
        catch (FileNotFoundException) when (!IsListed(part) && !catalogue.IsSetAside(part))
        {
            // Its month was deleted meanwhile.
        }
        catch (Exception error) when (!ct.IsCancellationRequested) // as above
        {
            if (error is not StoredDamageException) _again.Add(part);
            report.IsToBeTriedAgain |= error is not StoredDamageException;
            report.Left.Add(new(TelemetryAudit.Cold, part.Files[0].Name, error.Message));
            Log.MendingFailed(log, part.Files[0].Name, error);
        }
    }

    /// <summary>One line of the list while it is worked off.</summary>
    private sealed class ChunkMending(ChunkKey key, bool wasAside)
    {
        public ChunkKey Key { get; } = key;

        /// <summary>Since a late frame came: its hour was judged by that frame alone.</summary>
        public bool WasAside { get; } = wasAside;

        public int Frames { get; set; }

        public string? Failure { get; set; }

        /// <summary>All frames up to now were looked through.</summary>
        public bool IsSearched { get; set; }

        /// <summary>Why it is not mended; null when it is.</summary>
        public string? Why { get; set; }
    }
}

/// <summary>What was mended, and what is left with the reason.</summary>
internal sealed class MendingReport
{
    public int Mended { get; set; }

    public List<TelemetryFinding> Left { get; } = [];

    /// <summary>The world failed at one of them.</summary>
    public bool IsToBeTriedAgain { get; set; }
}
