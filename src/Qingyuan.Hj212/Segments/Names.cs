namespace Qingyuan.Hj212.Segments;

/// <summary>One string for each suffix the standard has, so that a frame of known names allocates none for them.</summary>
internal static class Names
{
    private static readonly string[] Quantities =
        ["Rtd", "Avg", "Min", "Max", "Cou", "ZsRtd", "ZsAvg", "ZsMin", "ZsMax", "RS", "RT", "Data", "DayData", "NightData", "RawAvg"];

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Suffixes =
        Quantities.ToDictionary(name => name, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Quantity(ReadOnlySpan<byte> suffix) => Known(suffix, Suffixes) ?? WireText.Decode(suffix);

    public static string Factor(ReadOnlySpan<byte> code) => Known(code, Factors.FactorTable.Codes) ?? WireText.Decode(code);

    private static string? Known(ReadOnlySpan<byte> name, Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> table)
    {
        if (name.Length is 0 or > 16) return null;
        Span<char> chars = stackalloc char[16];
        for (var at = 0; at < name.Length; at++) chars[at] = (char)name[at];
        return table.TryGetValue(chars[..name.Length], out var known) ? known : null;
    }
}
