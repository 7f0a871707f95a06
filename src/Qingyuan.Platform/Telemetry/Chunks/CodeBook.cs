namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>Small numbers for (factor, quantity) as sent, so that a chunk's directory takes two bytes a column. Only grows. Safe for many threads.</summary>
internal sealed class CodeBook
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Factor, string Quantity), int> _codes = [];
    private readonly List<(string Factor, string Quantity)> _names = [];
    private volatile (string Factor, string Quantity)[] _snapshot = [];

    public CodeBook(IEnumerable<(string Factor, string Quantity)> stored)
    {
        foreach (var name in stored) CodeOf(name.Factor, name.Quantity);
        Stored = _names.Count;
    }

    /// <summary>How many of them are on disk.</summary>
    public int Stored { get; private set; }

    public int CodeOf(string factor, string quantity)
    {
        lock (_gate)
        {
            if (_codes.TryGetValue((factor, quantity), out var code)) return code;
            _names.Add((factor, quantity));
            _codes.Add((factor, quantity), _names.Count - 1);
            _snapshot = [.. _names];
            return _names.Count - 1;
        }
    }

    public (string Factor, string Quantity) NameOf(int code)
    {
        var names = _snapshot;
        return code < names.Length ? names[code] : throw new InvalidDataException($"A chunk names factor code {code}, which its file does not know.");
    }

    /// <summary>Codes that are not on disk yet, in order; the first has number <see cref="Stored"/>.</summary>
    public IReadOnlyList<(string Factor, string Quantity)> Unstored()
    {
        lock (_gate) return _names[Stored..];
    }

    public void MarkStored(int count)
    {
        lock (_gate) Stored += count;
    }

    /// <summary>The file that had them is gone: the next one gets them all.</summary>
    public void MarkUnstored()
    {
        lock (_gate) Stored = 0;
    }
}
