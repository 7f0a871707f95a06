using System.Collections.Frozen;

namespace Qingyuan.Hj212.Factors;

/// <summary>Formats that appendix B of HJ 212-2025 changed, as one source quotes it: to be shown, not to be demanded.</summary>
public static class RecentFormats
{
    /// <summary>The built-in ones, by factor code. Other factors keep the format of the table.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["a34013"] = "N4.1", ["a21026"] = "N5.2", ["a21002"] = "N4.2", ["a19001"] = "N2.2", ["a01011"] = "N2.2", ["a01013"] = "N2.3", ["a01014"] = "N3.2",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The format of a factor in 2025.</summary>
    public static string? Of(Factor factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        return All.GetValueOrDefault(factor.Code, factor.Format ?? "") is { Length: > 0 } format ? format : null;
    }
}
