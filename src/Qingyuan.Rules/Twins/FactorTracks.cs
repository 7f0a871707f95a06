namespace Qingyuan.Rules.Twins;

/// <summary>A station's factors by 2017 code, in the order of their codes. Immutable; two arrays, since a frame replaces most of it.</summary>
public sealed class FactorTracks
{
    private readonly string[] _codes;
    private readonly FactorTrack[] _tracks;

    private FactorTracks(string[] codes, FactorTrack[] tracks) => (_codes, _tracks) = (codes, tracks);

    /// <summary>Nothing heard.</summary>
    public static FactorTracks Empty { get; } = new([], []);

    /// <summary>Codes heard so far, in ordinal order.</summary>
    public IReadOnlyList<string> Codes => _codes;

    /// <summary>What is known of them, in the same order.</summary>
    public IReadOnlyList<FactorTrack> Values => _tracks;

    /// <summary>The factor; an empty track when never heard.</summary>
    public FactorTrack this[string code] => Find(_codes, code) is >= 0 and var at ? _tracks[at] : FactorTrack.None;

    /// <summary>The same with another track of one factor.</summary>
    public FactorTracks With(string code, FactorTrack track)
    {
        var changing = new Changing(this);
        changing[code] = track;
        return changing.Done();
    }

    private static int Find(string[] codes, string code) => Array.BinarySearch(codes, code, StringComparer.Ordinal);

    /// <summary>A copy that takes many changes; of no use any more once it is done.</summary>
    internal sealed class Changing(FactorTracks before)
    {
        private string[] _codes = before._codes;
        private FactorTrack[] _tracks = [.. before._tracks];

        public FactorTrack this[string code]
        {
            get => Find(_codes, code) is >= 0 and var at ? _tracks[at] : FactorTrack.None;
            set
            {
                var at = Find(_codes, code);
                if (at < 0) (_codes, _tracks) = (Inserted(_codes, ~at, code), Inserted(_tracks, ~at, value));
                else _tracks[at] = value;
            }
        }

        public FactorTracks Done() => new(_codes, _tracks);

        private static T[] Inserted<T>(T[] items, int at, T item) => [.. items.AsSpan(0, at), item, .. items.AsSpan(at)];
    }
}
