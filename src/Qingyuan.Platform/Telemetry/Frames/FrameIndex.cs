using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>Which batches to open for an hour or a station's hour: what is on disk, what was gathered since, and the tail that is not gathered yet, as one.</summary>
internal sealed class FrameIndex(IFrameIndexStore store, BatchReader reader)
{
    private readonly Lock _gate = new();
    private readonly Lock _flushing = new();
    private Gathered _gathered = new();
    private Gathered? _beingWritten;
    private long _through = -1;

    /// <summary>Entries held in memory.</summary>
    public int Pending
    {
        get { lock (_gate) return _gathered.Stations.Count + _gathered.Spans; }
    }

    /// <summary>Batches up to this one are gathered or on disk.</summary>
    public long Through
    {
        get
        {
            lock (_gate) return _through < 0 ? _through = store.IndexedThrough : _through;
        }
    }

    public void Add(BatchOutline batch)
    {
        lock (_gate)
        {
            _gathered.Add(batch);
            _through = batch.Id;
        }
    }

    /// <summary>Writes what was gathered. Nobody loses sight of it meanwhile.</summary>
    public void Flush()
    {
        lock (_flushing)
        {
            Gathered writing;
            long through;
            lock (_gate)
            {
                if (_gathered.Spans == 0) return;
                writing = _beingWritten = _gathered;
                _gathered = new();
                through = _through;
            }

            try
            {
                store.Add(writing.Hours, writing.Stations, through);
            }
            catch
            {
                lock (_gate) (_gathered, _beingWritten) = (writing.With(_gathered), null);
                throw;
            }

            lock (_gate) _beingWritten = null;
        }
    }

    /// <summary>Hours since 1970 in [from, to] that have frames, ascending.</summary>
    public IReadOnlyList<int> Hours(int from, int to) => [.. Look(
        gathered => gathered.Hours.Keys.Where(hour => hour >= from && hour <= to),
        () => store.Hours(from, to)).Distinct().Order()];

    /// <summary>Batches that hold frames of the hour, and of <paramref name="mn"/> if it is given; in log order.</summary>
    public IReadOnlyList<BatchSpan> Batches(int hour, string? mn)
    {
        var spans = Look(gathered => gathered.Hours.GetValueOrDefault(hour) ?? [], () => store.Batches(hour)).Distinct();
        if (mn is not null)
        {
            var wanted = Look(gathered => gathered.Stations.GetValueOrDefault((hour, mn)) ?? [], () => store.Batches(hour, mn)).ToHashSet();
            spans = spans.Where(span => wanted.Contains(span.Id));
        }

        return [.. spans.OrderBy(span => span.Id)];
    }

    /// <summary>Memory before disk: an entry that moves to disk meanwhile is seen twice, never not at all.</summary>
    private List<T> Look<T>(Func<Gathered, IEnumerable<T>> inMemory, Func<IReadOnlyList<T>> onDisk)
    {
        var found = new List<T>();
        var tail = new Gathered();
        foreach (var batch in reader.OutlinesAfter(Through)) tail.Add(batch);
        found.AddRange(inMemory(tail));
        lock (_gate)
        {
            found.AddRange(inMemory(_gathered));
            if (_beingWritten is not null) found.AddRange(inMemory(_beingWritten));
        }

        found.AddRange(onDisk());
        return found;
    }

    private sealed class Gathered
    {
        public Dictionary<int, List<BatchSpan>> Hours { get; } = [];

        public Dictionary<(int Hour, string Mn), List<long>> Stations { get; } = [];

        public int Spans { get; private set; }

        public void Add(BatchOutline batch)
        {
            foreach (var station in batch.Stations) In(Stations, station).Add(batch.Id);
            for (var hour = Micros.Hour(batch.Span.ReceivedFrom); hour <= Micros.Hour(batch.Span.ReceivedTo); hour++) In(Hours, hour).Add(batch.Span);
            Spans++;
        }

        /// <summary>This and what came later.</summary>
        public Gathered With(Gathered later)
        {
            foreach (var (hour, spans) in later.Hours) In(Hours, hour).AddRange(spans);
            foreach (var (station, batches) in later.Stations) In(Stations, station).AddRange(batches);
            Spans += later.Spans;
            return this;
        }

        private static List<T> In<TKey, T>(Dictionary<TKey, List<T>> lists, TKey key) where TKey : notnull
        {
            if (!lists.TryGetValue(key, out var list)) lists.Add(key, list = []);
            return list;
        }
    }
}
