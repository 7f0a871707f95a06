namespace Qingyuan.Rules.Operations;

/// <summary>Working days: Monday to Friday, less holidays, plus the weekend days that are worked instead (调休).</summary>
public sealed record WorkCalendar(IReadOnlySet<DateOnly> Holidays, IReadOnlySet<DateOnly> WorkedWeekends)
{
    /// <summary>Without holidays: an installation files its own.</summary>
    public static WorkCalendar Plain { get; } = new(new HashSet<DateOnly>(), new HashSet<DateOnly>());

    /// <summary>True when people work on <paramref name="day"/>.</summary>
    public bool IsWorkingDay(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
        ? WorkedWeekends.Contains(day)
        : !Holidays.Contains(day);

    /// <summary>The end of the <paramref name="days"/>-th working day after the day of <paramref name="from"/>, in the offset of <paramref name="from"/>.</summary>
    public DateTimeOffset EndAfter(DateTimeOffset from, int days)
    {
        var day = DateOnly.FromDateTime(from.DateTime);
        for (var left = days; left > 0;)
            if (IsWorkingDay(day = day.AddDays(1))) left--;
        return new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, from.Offset);
    }
}
