using Qingyuan.Ledger.Canonical;
using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Storage;

/// <summary>The one writer of an organisation's log: append durably, seal under both suites, never sign less or otherwise than before.</summary>
/// <remarks>
/// <para>Order of a seal: re-read the new entries from disk and hash them again, write tiles, write the signing state, publish both checkpoints. A crash between
/// any two steps leaves either the old log or one that the next opening finishes; no checkpoint is ever published without its tiles and state on disk.</para>
/// <para>After any exception the instance refuses further work (<see cref="LogTrouble.Faulted"/>): what reached the disk is unknown, and only
/// opening anew finds out. The caller drives time by calling <see cref="SealIfDue"/>. Not safe for several threads.</para>
/// </remarks>
public sealed class EvidenceLog : IDisposable
{
    private readonly ILogDisk _disk;
    private readonly LogKeys _keys;
    private readonly TimeProvider _clock;
    private readonly EvidenceLogOptions _options;
    private readonly IDisposable _lock;
    private readonly List<PendingEntry> _pending = [];
    private TileEdge[] _edges = [];
    private TileWriter _tiles = null!;
    private StreamHeads _heads = null!;
    private LogState _state = null!;
    private long _segment;
    private long _oldestWaiting;
    private long _lastSeal;
    private long _headsWritten;
    private bool _faulted;

    private EvidenceLog(ILogDisk disk, LogKeys keys, TimeProvider clock, EvidenceLogOptions options, IDisposable held) =>
        (_disk, _keys, _clock, _options, _lock) = (disk, keys, clock, options, held);

    /// <summary>Entries on disk, sealed or waiting.</summary>
    public long Size => _state.Size + _pending.Count;

    /// <summary>Entries under a signed checkpoint.</summary>
    public long SealedSize => _state.Size;

    /// <summary>Rises with every opening; only the newest may sign.</summary>
    public long Epoch => _state.Epoch;

    /// <summary>Bytes cut from a torn end when the log was opened; 0 when it was whole.</summary>
    public long TornBytes { get; private set; }

    /// <summary>Opens the log, makes it when there is none, and finishes what a crash interrupted.</summary>
    /// <exception cref="LogException">Signing could not be honest; the reason says why.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public static EvidenceLog Open(ILogDisk disk, LogKeys keys, TimeProvider clock, EvidenceLogOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(disk);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(clock);
        var log = new EvidenceLog(disk, keys, clock, options ?? new(), disk.Lock(LogFiles.Lock));
        var recovered = false;
        try
        {
            log.Recover();
            recovered = true;
            return log;
        }
        finally
        {
            if (!recovered) log.Dispose();
        }
    }

    /// <summary>Chains, signs and appends entries in order; durable on return. <c>Seq</c> and <c>Prev</c> of the drafts are set here.</summary>
    public IReadOnlyList<AppendedEntry> Append(IReadOnlyList<LogEntry> drafts)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        return Guarded(() => AppendAll(drafts));
    }

    /// <summary>Whether waiting entries or the heartbeat ask for a seal now.</summary>
    public bool IsSealDue => _pending.Count >= _options.SealCount
        || (_pending.Count > 0 && _clock.GetElapsedTime(_oldestWaiting) >= _options.SealAfter)
        || _clock.GetElapsedTime(_lastSeal) >= _options.Heartbeat;

    /// <summary>Seals when it is due; says whether it did.</summary>
    public bool SealIfDue()
    {
        if (!IsSealDue) return false;
        Seal();
        return true;
    }

    /// <summary>Puts all waiting entries under new checkpoints of both suites; with none waiting signs the unchanged log again.</summary>
    public void Seal() => Guarded(() =>
    {
        SealAll();
        return true;
    });

    /// <summary>Releases the lock. Waiting entries stay on disk and are sealed by the next opening.</summary>
    public void Dispose() => _lock.Dispose();

    private T Guarded<T>(Func<T> act)
    {
        if (_faulted) throw new LogException(LogTrouble.Faulted, LogFiles.State);
        _faulted = true;
        var result = act();
        _faulted = false;
        return result;
    }

    private List<AppendedEntry> AppendAll(IReadOnlyList<LogEntry> drafts)
    {
        if (_pending.Count == 0) _oldestWaiting = _clock.GetTimestamp();
        var appended = new List<AppendedEntry>(drafts.Count);
        using var records = new MemoryStream();
        var offset = _disk.Length(LogFiles.Segment(_segment));
        foreach (var draft in drafts)
        {
            var (seq, hash) = _heads[draft.Stream];
            var entry = draft with { Seq = seq + 1, Prev = hash };
            var envelope = Envelope.Seal(entry.ToBytes(), _keys.Sources);
            _heads.TryAdvance(entry, envelope.Entry.Span);
            var pending = PendingEntry.Of(new(Size, _segment, offset + records.Length, envelope.Bytes));
            records.Write(SegmentRecord.Write(envelope.Bytes.Span));
            _pending.Add(pending);
            appended.Add(new(pending.Stored.Index, entry.Stream, entry.Seq, pending.Sha256, pending.Sm3));
        }

        if (records.Length > 0) _disk.Append(LogFiles.Segment(_segment), records.GetBuffer().AsSpan(0, (int)records.Length));
        return appended;
    }

    private void SealAll()
    {
        RequireEpoch();
        foreach (var pending in _pending) pending.RequireUnchanged(_disk);
        foreach (var pending in _pending) Extend(pending);
        if (_pending.Count > 0) _tiles.Write(_edges);
        _state = _state with { Size = _edges[0].Size, Sha256Root = _edges[0].Root, Sm3Root = _edges[1].Root };
        _disk.Replace(LogFiles.State, _state.ToBytes());
        _pending.Clear();
        Publish();
        _tiles.DeleteSuperseded();
        RollSegment();
        _lastSeal = _clock.GetTimestamp();
    }

    private void Extend(PendingEntry pending)
    {
        _edges[0].Append(pending.Sha256);
        _edges[1].Append(pending.Sm3);
        _tiles.Append(pending.Stored.Bytes);
    }

    private void Publish()
    {
        var now = _clock.GetUtcNow();
        foreach (var suite in HashSuite.All)
        {
            var checkpoint = new Checkpoints.Checkpoint(LogOrigin.Of(_keys.Origin, suite), _state.Size, _state.Root(suite));
            _disk.Replace(LogFiles.Checkpoint(suite), checkpoint.Sign(now, _keys.Signer(suite)).ToBytes());
        }
    }

    private void RollSegment()
    {
        if (_heads.Through - _headsWritten >= _options.HeadsEvery) WriteHeads();
        if (_disk.Length(LogFiles.Segment(_segment)) >= _options.SegmentBytes) _segment = _state.Size;
    }

    private void WriteHeads()
    {
        _disk.Replace(LogFiles.Heads, _heads.ToBytes());
        _headsWritten = _heads.Through;
    }

    private void RequireEpoch()
    {
        if (!LogState.TryRead(_disk.Read(LogFiles.State) ?? [], out var onDisk)) throw new LogException(LogTrouble.StateLost, LogFiles.State);
        if (onDisk!.Epoch != _state.Epoch || onDisk.Size != _state.Size) throw new LogException(LogTrouble.EpochLost, LogFiles.State);
    }

    private void Recover()
    {
        _state = LogRecovery.TakeState(_disk, _keys);
        LogRecovery.DeleteUnpublishedTiles(_disk, _state.Size);
        var tiles = new TileFiles(_disk);
        _edges = [.. HashSuite.All.Select(suite => new TileEdge(suite, _state.Size, tiles))];
        foreach (var edge in _edges)
            if (edge.Root != _state.Root(edge.Suite)) throw new LogException(LogTrouble.Damaged, $"{edge.Suite.Name} tiles of size {_state.Size}");
        _tiles = new(_disk, _state.Size);
        var (waiting, segment, torn) = LogRecovery.Tail(_disk, _state.Size);
        (_segment, TornBytes) = (segment, torn);
        if (_state.Size + waiting.Count < _options.Floor) throw new LogException(LogTrouble.Behind, $"{_state.Size + waiting.Count} < {_options.Floor}");
        // What a crash left may sit in a cache: make it durable before anything is signed over it.
        if (waiting.Count > 0) _disk.Append(LogFiles.Segment(segment), []);
        _pending.AddRange(waiting);
        _heads = LogRecovery.Heads(_disk, Size);
        _headsWritten = _heads.Through;
        _oldestWaiting = _lastSeal = _clock.GetTimestamp();
        LogRecovery.WriteKeys(_disk, _keys);
        if (LogRecovery.NeedsPublishing(_disk, _keys, _state)) Publish();
        if (_pending.Count == 0) RollSegment();
    }
}
