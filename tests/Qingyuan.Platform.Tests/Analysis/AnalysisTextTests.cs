using System.Globalization;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Platform.Tests.Analysis;

public class AnalysisTextTests
{
    /// <summary>A Wednesday at the stations.</summary>
    private static readonly DateTimeOffset Now = new(2026, 12, 2, 0, 30, 0, TimeSpan.FromHours(8));

    private const string Period = "&from=2026-11-20T00:00:00%2B08:00&to=2026-11-22T00:00:00%2B08:00";

    /// <summary>The console finds its own words by these codes.</summary>
    [Theory]
    [InlineData("", "factor", AnalysisText.Missing)]
    [InlineData("factor=a21002&from=yesterday", "from", QueryTime.Expected)]
    [InlineData("factor=a21002&from=2026-11-22T00:00:00%2B08:00&to=2026-11-20T00:00:00%2B08:00", "to", AnalysisText.LaterThanFrom)]
    [InlineData("factor=a21002&period=last-7-days&from=2026-11-22T00:00:00%2B08:00", "period", AnalysisText.InsteadOfTimes)]
    [InlineData("factor=a21002&resolution=minute&source=derived" + Period, "source", AnalysisText.DerivedOfHoursAndDays)]
    public void What_cannot_be_understood_is_refused_with_its_field_and_a_code(string query, string field, string code) =>
        Assert.Equal(new object[] { field, code }, AnalysisText.Parse(query).Understand(Now).Refusal.Args);

    [Fact]
    public void A_verdict_is_asked_of_computed_values_only()
    {
        var fault = Assert.IsType<FieldFault>(AnalysisText.Parse("factor=a21002&verdict=valid" + Period).Understand(Now).Refusal);

        Assert.Equal("verdict", fault.Field);
        Assert.StartsWith("only computed values carry a verdict", fault.What.Say(CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
        Assert.StartsWith("只有计算值带判定", fault.What.Say(CultureInfo.GetCultureInfo("zh-CN")), StringComparison.Ordinal);
        Assert.Equal("valid", AnalysisText.Parse("factor=a21002&source=derived&verdict=valid" + Period).Understand(Now).Value.Verdict);
    }

    [Fact]
    public void An_empty_verdict_asks_for_nothing() => Assert.Null((AnalysisText.Parse("factor=a21002" + Period) with { Verdict = "" }).Understand(Now).Value.Verdict);

    [Theory]
    [InlineData("today", "2026-12-02", "2026-12-03")]
    [InlineData("yesterday", "2026-12-01", "2026-12-02")]
    [InlineData("last-7-days", "2026-11-26", "2026-12-03")]
    [InlineData("last-30-days", "2026-11-03", "2026-12-03")]
    [InlineData("this-week", "2026-11-30", "2026-12-03")]
    [InlineData("last-week", "2026-11-23", "2026-11-30")]
    [InlineData("this-month", "2026-12-01", "2026-12-03")]
    [InlineData("last-month", "2026-11-01", "2026-12-01")]
    [InlineData("this-year", "2026-01-01", "2026-12-03")]
    public void A_relative_period_is_of_whole_days_at_the_station(string code, string from, string to)
    {
        var query = AnalysisText.Parse("factor=a21002&period=" + code).Understand(Now.ToUniversalTime()).Value;
        Assert.Equal((Day(from), Day(to)), (query.From, query.To));
    }

    [Fact]
    public void What_is_no_period_is_told_those_there_are_and_a_week_ends_with_its_Sunday()
    {
        Assert.Equal((Day("2026-11-30"), Day("2026-12-07")), RelativePeriod.Find("this-week", Day("2026-12-06")));
        Assert.Null(RelativePeriod.Find("", Now.DateTime));
        var wrong = Assert.IsType<FieldFault>(AnalysisText.Parse("factor=a21002&period=decade").Understand(Now).Refusal);
        Assert.Equal("period", wrong.Field);
        Assert.All(RelativePeriod.Codes, code => Assert.Contains(code, wrong.What.Say(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    [Fact]
    public void A_question_at_a_time_is_the_one_that_is_asked_with_its_times()
    {
        var asked = AnalysisText.Parse("factor=a21002&period=yesterday&marks=N");
        Assert.Equal("factor=a21002&from=2026-12-01T00%3A00%3A00%2B08%3A00&to=2026-12-02T00%3A00%3A00%2B08%3A00&marks=N", asked.At(Now).Value.ToString());
        Assert.Equal("factor=a21002&period=yesterday&marks=N", asked.ToString());
    }

    private static DateTime Day(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
