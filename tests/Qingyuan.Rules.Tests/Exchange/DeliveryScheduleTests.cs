using Qingyuan.Rules.Exchange;

namespace Qingyuan.Rules.Tests.Exchange;

/// <summary>Periods follow one another without a gap, and each has its time.</summary>
[Requirement("R-5.5.3-5")]
public class DeliveryScheduleTests
{
    [Theory]
    [InlineData(DeliveryInterval.Hourly, "00:10", 1, "2028-02-28T23:00", "2028-02-29T00:00", "2028-02-29T00:10")]
    [InlineData(DeliveryInterval.Daily, "02:00", 1, "2028-02-28T00:00", "2028-02-29T00:00", "2028-02-29T02:00")]
    [InlineData(DeliveryInterval.Daily, "02:00", 1, "2028-02-28T17:00", "2028-02-29T00:00", "2028-02-29T02:00")]
    [InlineData(DeliveryInterval.Weekly, "06:30", 3, "2030-03-04T00:00", "2030-03-11T00:00", "2030-03-13T06:30")]
    [InlineData(DeliveryInterval.Weekly, "06:30", 1, "2030-03-10T23:00", "2030-03-11T00:00", "2030-03-11T06:30")]
    [InlineData(DeliveryInterval.Monthly, "23:59", 28, "2028-02-01T00:00", "2028-03-01T00:00", "2028-03-28T23:59")]
    [InlineData(DeliveryInterval.Monthly, "00:00", 1, "2028-12-31T00:00", "2029-01-01T00:00", "2029-01-01T00:00")]
    public void A_period_ends_where_the_next_begins_and_is_due_after_that(DeliveryInterval every, string at, int day, string from, string end, string due)
    {
        var schedule = new DeliverySchedule(every, TimeOnly.Parse(at, System.Globalization.CultureInfo.InvariantCulture), day);
        Assert.Equal((Moment(end), Moment(due)), (schedule.EndOf(Moment(from)), schedule.DueAt(schedule.EndOf(Moment(from)))));
    }

    [Theory]
    [InlineData(DeliveryInterval.Hourly, "2030-03-10T13:45", "2030-03-10T13:00")]
    [InlineData(DeliveryInterval.Daily, "2030-03-10T13:45", "2030-03-10T00:00")]
    [InlineData(DeliveryInterval.Weekly, "2030-03-10T13:45", "2030-03-04T00:00")]
    [InlineData(DeliveryInterval.Weekly, "2030-03-04T00:00", "2030-03-04T00:00")]
    [InlineData(DeliveryInterval.Monthly, "2030-03-10T13:45", "2030-03-01T00:00")]
    public void A_moment_lies_in_one_whole_period(DeliveryInterval every, string moment, string start) =>
        Assert.Equal(Moment(start), new DeliverySchedule(every, default, 1).StartOf(Moment(moment)));

    private static DateTime Moment(string text) => DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
