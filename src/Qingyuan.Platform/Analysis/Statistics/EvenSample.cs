namespace Qingyuan.Platform.Analysis.Statistics;

/// <summary>Some of many, evenly, without knowing how many will come: each at first, then every second, every fourth and so on.</summary>
/// <param name="most">At most so many are kept; at least half as many once there were enough.</param>
internal sealed class EvenSample<T>(int most)
{
    private readonly List<T> _kept = [];
    private long _seen;
    private long _step = 1;

    public IReadOnlyList<T> Kept => _kept;

    public void Add(T item)
    {
        var place = _seen++;
        if (place % _step is 0 && _kept.Count == most) Thin();
        if (place % _step is 0) _kept.Add(item);
    }

    private void Thin()
    {
        T[] half = [.. _kept.Where((_, at) => at % 2 is 0)];
        _kept.Clear();
        _kept.AddRange(half);
        _step *= 2;
    }
}
