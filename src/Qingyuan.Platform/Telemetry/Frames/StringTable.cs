using Qingyuan.Platform.Telemetry.Binary;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>Each MN, reason and source once per batch, and who uses which. A reason's index is one higher, because 0 says there is none.</summary>
internal sealed class StringTable
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<string> _strings = [];
    private string? _last;
    private int _lastIndex;

    public List<int> Mns { get; } = [];

    public List<int> Whys { get; } = [];

    public List<int> Sources { get; } = [];

    public string this[int index] => _strings[index];

    public void Add(in FrameArrival arrival)
    {
        Mns.Add(Index(arrival.Mn));
        Whys.Add(arrival.Why is { } why ? Index(why) + 1 : 0);
        Sources.Add(Index(arrival.Source));
    }

    /// <summary>Empty, with its room kept.</summary>
    public void Clear()
    {
        _indexes.Clear();
        _strings.Clear();
        Mns.Clear();
        Whys.Clear();
        Sources.Clear();
        _last = null;
    }

    public void Write(ByteWriter to)
    {
        to.Varint(_strings.Count);
        foreach (var text in _strings) to.Text(text);
    }

    private int Index(string text)
    {
        // The same station or connection as the frame before: the rule when one sends much.
        if (ReferenceEquals(text, _last)) return _lastIndex;
        _last = text;
        return _lastIndex = Look(text);
    }

    private int Look(string text)
    {
        if (_indexes.TryGetValue(text, out var index)) return index;
        _indexes.Add(text, _strings.Count);
        _strings.Add(text);
        return _strings.Count - 1;
    }
}
