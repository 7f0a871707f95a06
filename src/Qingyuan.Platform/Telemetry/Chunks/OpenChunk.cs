using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Months;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>A chunk in memory: what is in it, what of it is on disk. Its lock guards everything inside.</summary>
internal sealed class OpenChunk(Chunk chunk, bool onDisk, bool closed, DeletedValues deleted)
{
    private readonly Lock _gate = new();
    private bool _dirty;
    private bool _evicted;
    private int _version;
    private long _touched;

    public ChunkKey Key => chunk.Key;

    public long Touched => Volatile.Read(ref _touched);

    /// <summary>False when it left memory meanwhile: take it up again.</summary>
    public bool TryApply(ReportedValues values, long touched, List<Conflict> conflicts, out ApplyOutcome outcome, out int added)
    {
        lock (_gate)
        {
            (outcome, added) = (ApplyOutcome.Repeat, 0);
            if (_evicted) return false;
            if (deleted.Holds(Key.Month, values.Frame)) return true;
            var before = chunk.Size;
            outcome = chunk.Apply(values, conflicts);
            added = chunk.Size - before;
            _touched = touched;
            if (added == 0) return true;
            _dirty = true;
            _version++;
            return true;
        }
    }

    /// <summary>Reads under the lock.</summary>
    public T Look<T>(Func<Chunk, T> look)
    {
        lock (_gate) return look(chunk);
    }

    /// <summary>What is on disk is not what is here.</summary>
    public void MarkChanged()
    {
        lock (_gate)
        {
            if (_evicted || chunk.Size is 0) return;
            _dirty = true;
            _version++;
        }
    }

    /// <summary>What has to be written, null when disk has it all in the right place.</summary>
    public (ChunkWrite Write, int Version)? ToWrite(ChunkEncoder encoder, CodeBook codes, bool periodEnded)
    {
        lock (_gate)
        {
            var close = closed || periodEnded; // a closed one stays closed, also when the clock goes back
            if (_evicted || !(_dirty || (onDisk && close && !closed))) return null;
            return (new(Key, encoder.Encode(chunk, codes), close), _version);
        }
    }

    public void Written(int version, bool itsClosed)
    {
        lock (_gate)
        {
            (onDisk, closed) = (true, itsClosed);
            if (version == _version) _dirty = false;
        }
    }

    /// <summary>Lets go of it, unless something in it is not on disk.</summary>
    /// <returns>The room freed, in values; negative when it stays.</returns>
    public int TryEvict(bool onlyClosed)
    {
        lock (_gate)
        {
            if (_dirty || _evicted || !onDisk || (onlyClosed && !closed)) return -1;
            _evicted = true;
            return chunk.Size;
        }
    }

    /// <summary>Lets go of it with what is not on disk: its month is deleted.</summary>
    /// <returns>The room freed, in values.</returns>
    public int Leave()
    {
        lock (_gate)
        {
            if (_evicted) return 0;
            _evicted = true;
            return chunk.Size;
        }
    }
}
