using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Qingyuan.Console.Shared;

/// <summary>Durations and ages as people say them.</summary>
internal static class Show
{
    /// <summary>Two units at most: <c>3 min</c>, <c>2 h 08 min</c>, <c>4 d 3 h</c>.</summary>
    public static string Span(TimeSpan span)
    {
        var left = span.Duration();
        FormattableString text = left switch
        {
            { TotalMinutes: < 1 } => $"{(int)left.TotalSeconds} s",
            { TotalHours: < 1 } => $"{(int)left.TotalMinutes} min",
            { TotalDays: < 1 } => $"{(int)left.TotalHours} h {left.Minutes:00} min",
            _ => $"{(int)left.TotalDays} d {left.Hours} h",
        };
        return text.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A size as people say it: <c>12 KiB</c>, <c>3.4 MiB</c>, <c>1.2 GiB</c>; a dash when unknown.</summary>
    public static string Bytes(long? bytes) => bytes switch
    {
        null => "—",
        >= 1L << 30 => (bytes.Value / (double)(1L << 30)).ToString("0.0", CultureInfo.InvariantCulture) + " GiB",
        >= 1L << 20 => (bytes.Value / (double)(1L << 20)).ToString("0.0", CultureInfo.InvariantCulture) + " MiB",
        _ => (bytes.Value / 1024).ToString(CultureInfo.InvariantCulture) + " KiB",
    };

    /// <summary>A person by name; devices, services and rules keep their prefix.</summary>
    public static string Actor(string id) => id.StartsWith("u:", StringComparison.Ordinal) ? id[2..] : id;

    /// <summary>How long until <paramref name="due"/>: <c>剩 1 h 28 min</c> or <c>超 12 min</c>.</summary>
    public static string Remaining(DateTimeOffset due, DateTimeOffset now, IStringLocalizer<Texts> words) =>
        words[due >= now ? "remaining.left" : "remaining.over", Span(due - now)];

    /// <summary>Names beside each other, as the reader's language writes a list.</summary>
    public static string List(IEnumerable<string> names) => string.Join(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is "zh" ? "、" : ", ", names);

    /// <summary>Text that the resources know, else the code itself: a new code must not make a blank.</summary>
    public static string OrCode(this IStringLocalizer words, string key, string code) => words[key] is { ResourceNotFound: false } text ? text : code;
}
