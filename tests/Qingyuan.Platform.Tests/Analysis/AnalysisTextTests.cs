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
}
