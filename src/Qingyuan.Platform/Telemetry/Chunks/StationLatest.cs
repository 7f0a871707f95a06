using System.Runtime.InteropServices;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>The newest values of one station, in the order of their first coming. Not safe by itself.</summary>
internal sealed class StationLatest
{
    // As in a chunk: whoever sends thousands of factors gets an index.
    private const int FewEnoughToLook = 64;

    // A logger whose clock once ran ahead must not hide all that comes after it was set right.
    private static readonly TimeSpan BelievedAhead = TimeSpan.FromHours(1);

    private readonly List<Entry> _entries = [];
    private Dictionary<(string Factor, string Quantity), int>? _indexes;
    private int _written;

    /// <param name="stored">A value that stands there twice is as if both had come.</param>
    public StationLatest(IReadOnlyList<LatestValue> stored)
    {
        for (var at = 0; at < stored.Count; at++)
        {
            var value = stored[at];
            Take(value.Factor, value.Quantity, value.Text, value.Flag, at, new(value.SampledAt, value.ReceivedAt, value.Frame));
        }
    }

    /// <summary>Goes up with each change.</summary>
    public int Change { get; private set; }

    public bool HasChanged => Change != _written;

    public IReadOnlyList<LatestValue> All() => [.. _entries.Select(Value)];

    public void Apply(ReportedValues values)
    {
        // Shared by all values of the frame.
        var coming = new Coming(values.DataTime, values.ReceivedAt, values.Frame);
        for (var at = 0; at < values.Values.Count; at++)
        {
            var value = values.Values[at];
            if (Take(value.Factor, value.Quantity, value.Text, value.Flag, at, coming)) Change++;
        }
    }

    /// <summary>What is on disk is not what is to be there.</summary>
    public void MarkChanged() => Change++;

    /// <summary>What there was at <paramref name="change"/> is on disk; what came since is not.</summary>
    public void Written(int change) => _written = change;

    private bool Take(string factor, string quantity, string text, string? flag, int guess, Coming coming)
    {
        ref var entry = ref Of(factor, quantity, guess);
        if (entry.Coming is { } known && !coming.Supersedes(known)) return false;
        (entry.Text, entry.Flag, entry.Coming) = (text, flag, coming);
        return true;
    }

    private static LatestValue Value(Entry entry) => new(entry.Factor, entry.Quantity, entry.Text, entry.Flag, entry.Coming!.SampledAt, entry.Coming.ReceivedAt, entry.Coming.Frame);

    /// <param name="factor">As sent.</param>
    /// <param name="quantity">As sent.</param>
    /// <param name="guess">Where the last frames had it: loggers send their factors in the same order each time.</param>
    private ref Entry Of(string factor, string quantity, int guess)
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        if (guess < entries.Length && entries[guess].Is(factor, quantity)) return ref entries[guess];
        var at = Find(factor, quantity);
        if (at < 0)
        {
            at = _entries.Count;
            _indexes?.Add((factor, quantity), at);
            _entries.Add(new() { Factor = factor, Quantity = quantity, Text = "" });
        }

        return ref CollectionsMarshal.AsSpan(_entries)[at];
    }

    private int Find(string factor, string quantity)
    {
        if (_entries.Count <= FewEnoughToLook) return _entries.FindIndex(entry => entry.Is(factor, quantity));
        _indexes ??= _entries.Index().ToDictionary(each => (each.Item.Factor, each.Item.Quantity), each => each.Index);
        return _indexes.GetValueOrDefault((factor, quantity), -1);
    }

    /// <summary>The frame a value came with.</summary>
    private sealed record Coming(DateTime SampledAt, DateTimeOffset ReceivedAt, FrameId Frame)
    {
        /// <summary>The first value of a moment stands, as in the chunk.</summary>
        public bool Supersedes(Coming known) =>
            SampledAt > known.SampledAt
            || (SampledAt < known.SampledAt && Frame > known.Frame
                && StationClock.Instant(known.SampledAt) - known.ReceivedAt > BelievedAhead && StationClock.Instant(SampledAt) - ReceivedAt <= BelievedAhead);
    }

    private struct Entry
    {
        public string Factor;
        public string Quantity;
        public string Text;
        public string? Flag;
        public Coming? Coming;

        public readonly bool Is(string factor, string quantity) => Factor == factor && Quantity == quantity;
    }
}
