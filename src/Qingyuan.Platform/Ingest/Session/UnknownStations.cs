namespace Qingyuan.Platform.Ingest.Session;

/// <summary>MNs that sent frames and are in no archive: shown for adoption. Bounded; the one heard longest ago gives way.</summary>
internal sealed class UnknownStations(TimeProvider time)
{
    public const int Most = 1000;
    public const int LongestMn = 64;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Sighting> _seen = new(StringComparer.Ordinal);

    public IReadOnlyList<(string Mn, string Remote, long Frames, DateTimeOffset First, DateTimeOffset Last)> List()
    {
        lock (_lock) return [.. _seen.OrderByDescending(pair => pair.Value.Last).Select(pair => (pair.Key, pair.Value.Remote, pair.Value.Frames, pair.Value.First, pair.Value.Last))];
    }

    /// <summary>Notes the sender and returns its MN as a string that is made once.</summary>
    public string Note(ReadOnlySpan<char> mn, string remote)
    {
        if (mn.Length > LongestMn) mn = mn[..LongestMn];
        var now = time.GetUtcNow();
        lock (_lock)
        {
            var byText = _seen.GetAlternateLookup<ReadOnlySpan<char>>();
            if (byText.TryGetValue(mn, out var text, out var sighting))
            {
                sighting.Again(remote, now);
                return text;
            }

            if (_seen.Count >= Most) _seen.Remove(_seen.MinBy(pair => pair.Value.Last).Key);
            text = mn.ToString();
            _seen.Add(text, new(remote, now));
            return text;
        }
    }

    private sealed class Sighting(string remote, DateTimeOffset first)
    {
        public DateTimeOffset First { get; } = first;

        public DateTimeOffset Last { get; private set; } = first;

        public string Remote { get; private set; } = remote;

        public long Frames { get; private set; } = 1;

        public void Again(string remote, DateTimeOffset at) => (Remote, Last, Frames) = (remote, at, Frames + 1);
    }
}
