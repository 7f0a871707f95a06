using System.Globalization;

namespace Qingyuan.Platform.Exchange.Importing;

/// <summary>Values as people type them: a decimal; or for a laboratory also that nothing was found, with or without its limit.</summary>
internal static class ValueText
{
    public const int Longest = 32;

    private static readonly string[] NotDetected = ["ND", "N.D.", "未检出", "未检测出"];

    public static bool IsDecimal(string text) => TryDecimal(text, out _);

    public static bool TryDecimal(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);

    /// <summary>A decimal, <c>&lt;0.5</c>, <c>0.5L</c> (below the detection limit before the letter), <c>ND</c>.</summary>
    public static bool IsLaboratory(string text) =>
        IsDecimal(text) || NotDetected.Contains(text, StringComparer.OrdinalIgnoreCase)
        || (text is ['<' or '＜' or '≤', ..] && IsLimit(text[1..].TrimStart())) || (text is [.., 'L'] && IsLimit(text[..^1]));

    /// <summary>What two texts must share to say the same: <c>18.20</c> and <c>18.2</c> do, <c>0.5</c> and <c>&lt;0.5</c> do not.</summary>
    public static string Meaning(string text)
    {
        if (TryDecimal(text, out var value)) return value.ToString("0.############################", CultureInfo.InvariantCulture);
        if (NotDetected.Contains(text, StringComparer.OrdinalIgnoreCase)) return "ND";
        var below = text is ['<' or '＜' or '≤', ..] ? text[1..].TrimStart() : text is [.., 'L'] ? text[..^1] : null;
        return below is not null && TryDecimal(below, out var limit) ? (text[0] is '≤' ? "≤" : "<") + limit.ToString("0.############################", CultureInfo.InvariantCulture) : text;
    }

    private static bool IsLimit(string text) => TryDecimal(text, out var limit) && limit >= 0;
}
