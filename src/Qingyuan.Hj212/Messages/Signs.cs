namespace Qingyuan.Hj212.Messages;

/// <summary>ASCII by what it may do in a text without a closer look.</summary>
internal static class Signs
{
    /// <summary>May stand in a value: anything printable but the separators, <c>/</c> and <c>&amp;</c>.</summary>
    public const byte InValues = 1;

    /// <summary>May stand in a suffix: letters and digits.</summary>
    public const byte InNames = 2;

    private static readonly byte[] Table = [.. Enumerable.Range(0, 128).Select(number => Kind((char)number))];

    /// <summary>By the sign's number.</summary>
    public static ReadOnlySpan<byte> Kinds => Table;

    private static byte Kind(char sign) => sign switch
    {
        _ when char.IsAsciiLetterOrDigit(sign) || sign == '_' => InValues | InNames,
        < ' ' or ';' or ',' or '/' or '&' or (char)127 => 0,
        _ => InValues,
    };
}
