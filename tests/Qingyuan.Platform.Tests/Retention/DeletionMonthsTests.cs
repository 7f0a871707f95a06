using Qingyuan.Platform.Retention.Contracts;
using Qingyuan.Platform.Retention.Deleting;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Tests.Retention;

/// <summary>At the edge of a month the two clocks name different months.</summary>
public class DeletionMonthsTests
{
    private const int Kept = 24;

    [Theory]
    [InlineData("2026-11-30T15:59:59Z", "2024-10", "2024-10")]
    [InlineData("2026-11-30T16:00:00Z", "2024-10", "2024-11")] // a new month for stations; frames of 2024-11 go on coming for eight hours of it
    [InlineData("2026-11-30T23:59:59Z", "2024-10", "2024-11")]
    [InlineData("2026-12-01T00:00:00Z", "2024-11", "2024-11")]
    public void No_month_goes_before_its_last_moment_is_old_enough_by_its_own_clock(string now, string frames, string values)
    {
        var at = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(frames, MonthName.Of(DeletionMonths.NewestBeyond(DataClass.RawFrames, Kept, at)));
        Assert.Equal(values, MonthName.Of(DeletionMonths.NewestBeyond(DataClass.Values, Kept, at)));
        Assert.Equal(values, MonthName.Of(DeletionMonths.NewestBeyond(DataClass.Results, Kept, at)));
    }
}
