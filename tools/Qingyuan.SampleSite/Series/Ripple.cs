namespace Qingyuan.SampleSite.Series;

/// <summary>The small unrest of a real instrument, the same at every run: a value in [-1, 1] that depends on the name and the ten seconds.</summary>
internal static class Ripple
{
    public static decimal At(string name, DateTime wall)
    {
        var tens = (ulong)(wall.Ticks / TimeSpan.FromSeconds(10).Ticks);
        var mixed = Mix(tens ^ Seed(name));
        return ((decimal)(mixed % 2001) / 1000m) - 1m;
    }

    private static ulong Seed(string name) => name.Aggregate(14695981039346656037UL, (hash, letter) => (hash ^ letter) * 1099511628211UL);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
