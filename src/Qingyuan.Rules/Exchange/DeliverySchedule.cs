namespace Qingyuan.Rules.Exchange;

/// <summary>How often a delivery goes out (交付频次).</summary>
public enum DeliveryInterval
{
    /// <summary>Each full hour of the day.</summary>
    Hourly,

    /// <summary>Each day.</summary>
    Daily,

    /// <summary>Each week, Monday to Sunday.</summary>
    Weekly,

    /// <summary>Each month of the calendar.</summary>
    Monthly,
}

/// <summary>Which periods a delivery has and when each falls due. All times are station wall clock.</summary>
/// <param name="Every">The length of a period.</param>
/// <param name="At">How long after the end of the day before; of hourly ones only the minutes count.</param>
/// <param name="Day">Weekly: 1 is Monday; monthly: the day of the month, 1 to 28. Without a meaning otherwise.</param>
public sealed record DeliverySchedule(DeliveryInterval Every, TimeOnly At, int Day)
{
    /// <summary>The end, not included, of the period that begins at <paramref name="from"/>; a first or changed one may be shorter than the others.</summary>
    public DateTime EndOf(DateTime from) => Every switch
    {
        DeliveryInterval.Hourly => from.Date.AddHours(from.Hour + 1),
        DeliveryInterval.Daily => from.Date.AddDays(1),
        DeliveryInterval.Weekly => Monday(from).AddDays(7),
        _ => new DateTime(from.Year, from.Month, 1).AddMonths(1),
    };

    /// <summary>The start of the whole period in which <paramref name="moment"/> lies.</summary>
    public DateTime StartOf(DateTime moment) => Every switch
    {
        DeliveryInterval.Hourly => moment.Date.AddHours(moment.Hour),
        DeliveryInterval.Daily => moment.Date,
        DeliveryInterval.Weekly => Monday(moment),
        _ => new DateTime(moment.Year, moment.Month, 1),
    };

    /// <summary>When a period that ends at <paramref name="end"/> goes out.</summary>
    public DateTime DueAt(DateTime end) => Every switch
    {
        DeliveryInterval.Hourly => end.AddMinutes(At.Minute),
        DeliveryInterval.Daily => end + At.ToTimeSpan(),
        _ => end.AddDays(Day - 1) + At.ToTimeSpan(),
    };

    private static DateTime Monday(DateTime moment) => moment.Date.AddDays(-(((int)moment.DayOfWeek + 6) % 7));
}
