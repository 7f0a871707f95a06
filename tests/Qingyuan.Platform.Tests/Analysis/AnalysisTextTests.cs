using System.Globalization;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Platform.Tests.Analysis;

public class AnalysisTextTests
{
    private const string Period = "&from=2026-11-20T00:00:00%2B08:00&to=2026-11-22T00:00:00%2B08:00";

    /// <summary>The console finds its own words by these codes.</summary>
    [Theory]
    [InlineData("", "factor", AnalysisText.Missing)]
    [InlineData("factor=a21002&from=yesterday", "from", QueryTime.Expected)]
    [InlineData("factor=a21002&from=2026-11-22T00:00:00%2B08:00&to=2026-11-20T00:00:00%2B08:00", "to", AnalysisText.LaterThanFrom)]
    [InlineData("factor=a21002&resolution=minute&source=derived" + Period, "source", AnalysisText.DerivedOfHoursAndDays)]
    public void What_cannot_be_understood_is_refused_with_its_field_and_a_code(string query, string field, string code) =>
        Assert.Equal(new object[] { field, code }, AnalysisText.Parse(query).Understand().Refusal.Args);

    [Fact]
    public void A_verdict_is_asked_of_computed_values_only()
    {
        var fault = Assert.IsType<FieldFault>(AnalysisText.Parse("factor=a21002&verdict=valid" + Period).Understand().Refusal);

        Assert.Equal("verdict", fault.Field);
        Assert.StartsWith("only computed values carry a verdict", fault.What.Say(CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
        Assert.StartsWith("只有计算值带判定", fault.What.Say(CultureInfo.GetCultureInfo("zh-CN")), StringComparison.Ordinal);
        Assert.Equal("valid", AnalysisText.Parse("factor=a21002&source=derived&verdict=valid" + Period).Understand().Value.Verdict);
    }

    [Fact]
    public void An_empty_verdict_asks_for_nothing() => Assert.Null((AnalysisText.Parse("factor=a21002" + Period) with { Verdict = "" }).Understand().Value.Verdict);
}
