using System.Globalization;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Analysis;

/// <summary>The other period that an answer is set beside.</summary>
public class ComparisonTests
{
    [Theory]
    [InlineData("year", "2024-01-01", "2025-01-01", "2023-01-01", "2024-01-01")]
    [InlineData("year", "2025-02-01", "2025-03-01", "2024-02-01", "2024-03-01")]
    [InlineData("year", "2024-02-28", "2024-02-29", "2023-02-28", "2023-03-01")]
    [InlineData("before", "2025-03-01", "2025-03-08", "2025-02-22", "2025-03-01")]
    public void It_has_the_same_dates_a_year_ago_or_the_same_length_just_before(string period, string from, string to, string backFrom, string backTo)
    {
        var back = new Comparison(period, "", "").Back(new("w01018", Day(from), Day(to), Resolution.Hour));
        Assert.Equal((Day(backFrom), Day(backTo)), (back.From, back.To));
    }

    [Fact]
    public void What_is_kept_is_read_back_and_what_is_no_period_is_none()
    {
        var kept = new Comparison("year", "a 01", "a21026,a34013");
        Assert.Equal(kept, Comparison.Parse("factor=w01018" + kept));
        Assert.Equal(new("", "", "a1,b1"), Comparison.Parse("factor=w01018&compare=decade&beside=a1,,%20b1,a1"));
    }

    private static DateTime Day(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
