namespace Qingyuan.Platform.Analysis.Contracts;

/// <summary>A period that moves with the days, of whole days at the station's wall clock: what a kept view asks for again.</summary>
public static class RelativePeriod
{
    public const string Week = "last-7-days";

    private static readonly Dictionary<string, Func<DateTime, (DateTime From, DateTime To)>> All = new(StringComparer.Ordinal)
    {
        ["today"] = today => (today, today.AddDays(1)),
        ["yesterday"] = today => (today.AddDays(-1), today),
        [Week] = today => (today.AddDays(-6), today.AddDays(1)),
        ["last-30-days"] = today => (today.AddDays(-29), today.AddDays(1)),
        ["this-week"] = today => (Monday(today), today.AddDays(1)),
        ["last-week"] = today => (Monday(today).AddDays(-7), Monday(today)),
        ["this-month"] = today => (First(today), today.AddDays(1)),
        ["last-month"] = today => (First(today).AddMonths(-1), First(today)),
        ["this-year"] = today => (new(today.Year, 1, 1), today.AddDays(1)),
    };

    /// <summary>Codes, as the API has them: <c>last-7-days</c> and <c>last-30-days</c> hold today, <c>this-…</c> ends with today, a week begins on Monday.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. All.Keys];

    /// <param name="code">One of <see cref="Codes"/>.</param>
    /// <param name="now">Station wall clock.</param>
    /// <returns>Start, included, and end, not included; null when there is no such period.</returns>
    public static (DateTime From, DateTime To)? Find(string code, DateTime now) => All.TryGetValue(code, out var of) ? of(now.Date) : null;

    private static DateTime Monday(DateTime today) => today.AddDays(-(((int)today.DayOfWeek + 6) % 7));

    private static DateTime First(DateTime today) => new(today.Year, today.Month, 1);
}
