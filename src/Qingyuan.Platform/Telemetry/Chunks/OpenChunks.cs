using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Cold;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Months;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>
/// The chunks that change: all of the current periods, and older ones that a late frame re-opened. Written out at checkpoints and, when they hold more
/// values than allowed, earlier; writing early is harmless, because replaying the frames changes nothing.
/// </summary>
internal sealed class OpenChunks : IDisposable
{
    private readonly IChunkStore _store;
    private readonly ColdStore _cold;
    private readonly DeletedValues _deleted;
    private readonly TelemetryOptions _options;
    private readonly TelemetryMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<OpenChunks> _logger;
    private readonly ConcurrentDictionary<ChunkKey, OpenChunk> _chunks = [];
    // Whether disk had a chunk of a period: when an hour begins, no station need ask for its own.
    private readonly ConcurrentDictionary<(Resolution, int), bool> _onDisk = [];
    private readonly ConcurrentQueue<Conflict> _conflicts = [];
    private volatile IReadOnlyList<Conflict> _leaving = [];
    private readonly ChunkEncoder _encoder = new();
    private readonly Lock _writing = new();
    private readonly ReaderWriterLockSlim _loading = new();
    private long _size;
    private long _touches;

    public OpenChunks(IChunkStore store, ColdStore cold, DeletedValues deleted, TelemetryOptions options, TelemetryMetrics metrics, TimeProvider time, ILogger<OpenChunks> logger)
    {
        (_store, _cold, _deleted, _options, _metrics, _time, _logger) = (store, cold, deleted, options, metrics, time, logger);
        metrics.ObserveOpenChunks(() => _chunks.Count);
    }

    /// <summary>Raised when a chunk turned out to be damaged: it is to be mended, by its frames.</summary>
    public event Action? Damaged;

    public int Count => _chunks.Count;

    public ApplyOutcome Apply(int stationNo, ReportedValues values)
    {
        var key = ChunkKey.Of(values.Resolution, values.DataTime, stationNo);
        var conflicts = new List<Conflict>();
        ApplyOutcome outcome;
        int added;
        while (!Take(key).TryApply(values, Interlocked.Increment(ref _touches), conflicts, out outcome, out added)) conflicts.Clear();
        foreach (var conflict in conflicts) _conflicts.Enqueue(conflict);
        if (Interlocked.Add(ref _size, added) > _options.OpenValues || _conflicts.Count > _options.OpenValues / 64) Spill();
        return outcome;
    }

    public OpenChunk? Find(ChunkKey key) => _chunks.GetValueOrDefault(key);

    /// <summary>False when disk has no chunk of the period, of any station.</summary>
    public bool MayBeOnDisk(ChunkKey key) => _onDisk.GetOrAdd((key.Resolution, key.Period), static (_, look) => look.Store.HasPeriod(look.Key), (Store: _store, Key: key));

    /// <summary>What disk has of it is damaged: when it is whole in memory, it goes to disk again.</summary>
    public void Rewrite(ChunkKey key) => Find(key)?.MarkChanged();

    /// <summary>Writes everything that is not on disk, and lets closed chunks go.</summary>
    /// <exception cref="StoredDamageException">A month's file is damaged; its chunks stay in memory, all others are written.</exception>
    public void WriteAll()
    {
        lock (_writing)
        {
            TakeUpForgotten();
            var damage = Write();
            Evict(_chunks.Values, onlyClosed: true);
            if (damage is not null) throw damage;
        }
    }

    /// <summary>Removes a month: meanwhile nothing of it is read or written, afterwards nothing of it is in memory. A late frame then begins an empty chunk.</summary>
    public void Leave(int month, Action remove)
    {
        lock (_writing)
        {
            _loading.EnterWriteLock();
            try
            {
                remove();
                foreach (var (key, chunk) in _chunks.Where(each => each.Key.Month == month)) LetGo(key, chunk.Leave());
            }
            finally
            {
                _loading.ExitWriteLock();
            }
        }
    }

    public void Dispose() => _loading.Dispose();

    /// <summary>Makes room: writes all, then keeps the half that was touched last.</summary>
    private void Spill()
    {
        if (!_writing.TryEnter()) return; // somebody is at it
        try
        {
            Write(); // of a damaged file whoever sets the mark hears, not the station that came last
            var oldestFirst = _chunks.Values.OrderBy(chunk => chunk.Touched).ToList();
            Evict(oldestFirst.TakeWhile(_ => Interlocked.Read(ref _size) > _options.OpenValues / 2), onlyClosed: false);
        }
        finally
        {
            _writing.Exit();
        }
    }

    private OpenChunk Take(ChunkKey key)
    {
        if (_chunks.TryGetValue(key, out var open)) return open;
        _loading.EnterReadLock();
        try
        {
            var loaded = Load(key);
            var kept = _chunks.GetOrAdd(key, loaded);
            if (ReferenceEquals(kept, loaded)) Interlocked.Add(ref _size, loaded.Look(chunk => chunk.Size));
            return kept;
        }
        finally
        {
            _loading.ExitReadLock();
        }
    }

    /// <summary>With what of it is cold: the first value of a moment stands, wherever it lies.</summary>
    private OpenChunk Load(ChunkKey key)
    {
        try
        {
            var stored = MayBeOnDisk(key) ? _store.Read(key) : null; // before the cold files: what moves there meanwhile is then found there
            var cold = Cold(key);
            if (stored is not var (bytes, closed)) return cold is null ? Open(new(key), onDisk: false, closed: false) : Open(cold, onDisk: true, closed: true);
            var chunk = ChunkDecoder.Decode(key, bytes, _store.Codes(key));
            return Open(cold is null ? chunk : ColdStore.Merge(cold, chunk), onDisk: true, closed);
        }
        catch (StoredDamageException error)
        {
            SetAside(key, error);
            return Open(Cold(key) ?? new(key), onDisk: false, closed: false);
        }
    }

    /// <summary>Kept for whoever looks into it; the frames are the source, and what is set aside is made anew from them.</summary>
    private void SetAside(ChunkKey key, StoredDamageException error)
    {
        _metrics.Corrupt();
        Log.Damaged(_logger, error.Message);
        try
        {
            _store.SetAside(key);
        }
        catch (StoredDamageException)
        {
            // Nothing can be written into its file, so nothing is overwritten there either; the file itself was said to be damaged.
        }

        Damaged?.Invoke();
    }

    private OpenChunk Open(Chunk chunk, bool onDisk, bool closed) => new(chunk, onDisk, closed, _deleted);

    /// <summary>A copy of its own. A damaged file keeps no late frame out: the values are then chunked beside it.</summary>
    private Chunk? Cold(ChunkKey key)
    {
        try
        {
            return _cold.Find(key) is { } chunk ? ColdStore.Merge(chunk) : null;
        }
        catch (ColdFileException error)
        {
            _metrics.Corrupt();
            Log.Damaged(_logger, error.Message);
            return null;
        }
    }

    /// <summary>Contradictions that are not on disk yet.</summary>
    public IReadOnlyList<Conflict> Conflicts() => [.. _conflicts.Concat(_leaving).Where(IsKept)];

    /// <summary>Chunks that were written while open and left memory, or were open when the last run ended, still have to move once their period is over.</summary>
    private void TakeUpForgotten()
    {
        foreach (var key in _store.OpenKeys())
            if (HasEnded(key)) Take(key);
    }

    /// <returns>Why the chunks of a month were not written: its file is damaged. The others were.</returns>
    private StoredDamageException? Write()
    {
        StoredDamageException? damage = null;
        _leaving = [.. _conflicts]; // still told from here until they are told from disk
        var conflicts = TakeConflicts();
        try
        {
            var months = _chunks.Keys.Select(key => key.Month).Concat(conflicts.Select(conflict => conflict.Chunk.Month)).Distinct().ToList();
            foreach (var month in months) damage = TryWriteMonth(month, conflicts.Where(conflict => conflict.Chunk.Month == month).ToList()) ?? damage;
            return damage;
        }
        catch
        {
            foreach (var conflict in conflicts) _conflicts.Enqueue(conflict); // writing one twice is harmless, losing one is not
            throw;
        }
        finally
        {
            _leaving = [];
        }
    }

    private StoredDamageException? TryWriteMonth(int month, List<Conflict> conflicts)
    {
        try
        {
            WriteMonth(month, conflicts);
            return null;
        }
        catch (StoredDamageException error)
        {
            foreach (var conflict in conflicts) _conflicts.Enqueue(conflict);
            return error;
        }
    }

    private void WriteMonth(int month, List<Conflict> conflicts)
    {
        var writes = new List<ChunkWrite>();
        var written = new List<(OpenChunk Chunk, int Version, bool Closed)>();
        foreach (var (key, chunk) in _chunks)
        {
            if (key.Month != month || chunk.ToWrite(_encoder, _store.Codes(key), HasEnded(key)) is not var (write, version)) continue;
            writes.Add(write);
            written.Add((chunk, version, write.Closed));
        }

        if (writes.Count == 0 && conflicts.Count == 0) return;
        _store.Write(month, writes, conflicts);
        foreach (var write in writes) _onDisk[(write.Key.Resolution, write.Key.Period)] = true; // before one of them may leave memory
        foreach (var (chunk, version, closed) in written) chunk.Written(version, closed);
    }

    private void Evict(IEnumerable<OpenChunk> chunks, bool onlyClosed)
    {
        foreach (var chunk in chunks)
        {
            if (chunk.TryEvict(onlyClosed) is not (>= 0 and var freed)) continue;
            LetGo(chunk.Key, freed);
        }
    }

    private void LetGo(ChunkKey key, int size)
    {
        _chunks.TryRemove(key, out _);
        Interlocked.Add(ref _size, -size);
    }

    private List<Conflict> TakeConflicts()
    {
        var conflicts = new List<Conflict>();
        while (_conflicts.TryDequeue(out var conflict))
            if (IsKept(conflict)) conflicts.Add(conflict);
        return conflicts;
    }

    private bool IsKept(Conflict conflict) => !_deleted.Holds(conflict.Chunk.Month, conflict.Second);

    private bool HasEnded(ChunkKey key)
    {
        var now = StationClock.Wall(_time.GetUtcNow());
        return key.End <= now.AddMinutes(-_options.CloseAfterMinutes);
    }
}
