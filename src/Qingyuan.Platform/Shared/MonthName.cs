using System.Globalization;

namespace Qingyuan.Platform.Shared;

/// <summary>A month as people and files write it, <c>yyyy-MM</c>, and as the platform counts it: years times twelve plus the month from 0.</summary>
internal static class MonthName
{
    public static string Of(int month) => string.Create(CultureInfo.InvariantCulture, $"{month / 12:0000}-{(month % 12) + 1:00}");

    public static int Number(DateTime at) => (at.Year * 12) + at.Month - 1;

    public static bool TryParse(string? text, out int month)
    {
        month = 0;
        if (!DateTime.TryParseExact(text?.Trim(), "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)) return false;
        month = Number(first);
        return true;
    }
}
