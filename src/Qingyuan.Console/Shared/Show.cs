using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Qingyuan.Console.Shared;

/// <summary>Durations and ages as people say them.</summary>
internal static class Show
{
    private static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is "zh";

    /// <summary>Two units at most, the second left out when zero: <c>3 分钟</c>, <c>2 小时 8 分</c>, <c>7 天</c>; in English <c>3 min</c>, <c>2 h 8 min</c>, <c>7 d</c>.</summary>
    public static string Span(TimeSpan span)
    {
        var left = span.Duration();
        return left switch
        {
            { TotalMinutes: < 1 } => Count(left.Seconds, "秒", "s"),
            { TotalHours: < 1 } => Count(left.Minutes, "分钟", "min"),
            { TotalDays: < 1, Minutes: 0 } => Count(left.Hours, "小时", "h"),
            { TotalDays: < 1 } => $"{Count(left.Hours, "小时", "h")} {Count(left.Minutes, "分", "min")}",
            { Hours: 0 } => Count(left.Days, "天", "d"),
            _ => $"{Count(left.Days, "天", "d")} {Count(left.Hours, "小时", "h")}",
        };
    }

    /// <summary>What was measured, with a tenth below ten seconds: <c>0 秒</c> would look like nothing measured.</summary>
    public static string Seconds(double seconds) => seconds < 60
        ? seconds.ToString(seconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + (IsChinese ? " 秒" : " s")
        : Span(TimeSpan.FromSeconds(seconds));

    /// <summary>How long since: <c>12 分钟前</c>, <c>刚刚</c> within a minute.</summary>
    public static string Ago(TimeSpan age, IStringLocalizer<Texts> words) => age < TimeSpan.FromMinutes(1) ? words["ago.now"] : words["ago", Span(age)];

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

    /// <summary>An organisation by its code; as long as the settings name none, the installation's is the reader's own.</summary>
    public static string Organisation(string code, IStringLocalizer<Texts> words) => code is Platform.Shared.Organisation.Unnamed ? words["organisation.own"] : code;

    /// <summary>How long until <paramref name="due"/>: <c>剩 1 小时 28 分</c> or <c>超 12 分钟</c>.</summary>
    public static string Remaining(DateTimeOffset due, DateTimeOffset now, IStringLocalizer<Texts> words) =>
        words[due >= now ? "remaining.left" : "remaining.over", Span(due - now)];

    /// <summary>Names beside each other, as the reader's language writes a list.</summary>
    public static string List(IEnumerable<string> names) => string.Join(IsChinese ? "、" : ", ", names);

    /// <summary>Text that the resources know, else the code itself: a new code must not make a blank.</summary>
    public static string OrCode(this IStringLocalizer words, string key, string code) => words[key] is { ResourceNotFound: false } text ? text : code;

    private static string Count(int count, string zh, string en) => count.ToString(CultureInfo.InvariantCulture) + " " + (IsChinese ? zh : en);
}
