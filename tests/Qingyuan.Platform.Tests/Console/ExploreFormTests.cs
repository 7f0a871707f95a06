using Qingyuan.Console.Analysis;
using Qingyuan.Platform.Analysis.Contracts;

namespace Qingyuan.Platform.Tests.Console;

/// <summary>What the form of Explore says as a question.</summary>
public class ExploreFormTests
{
    private static readonly DateTime Now = new(2026, 12, 2, 9, 30, 0);

    [Theory]
    [InlineData("factor=a21002&period=this-week&resolution=day", "factor=a21002&period=this-week&resolution=day")]
    [InlineData("factor=a21002&period=decade", "factor=a21002&period=decade&resolution=hour")] // to be refused, not to be forgotten
    [InlineData("factor=a21002", "factor=a21002&period=last-7-days&resolution=hour")]
    [InlineData("factor=a21002&period=today&from=2026-11-01T00:00:00%2B08:00", "factor=a21002&from=2026-11-01T00%3A00%3A00%2B08%3A00&to=2026-12-03T00%3A00%3A00%2B08%3A00&resolution=hour")]
    public void A_question_comes_back_as_it_was(string query, string expected) => Assert.Equal(expected, ExploreForm.Of(AnalysisText.Parse(query), Now).ToText().ToString());

    [Fact]
    public void A_time_of_ones_own_ends_a_relative_period_which_shows_its_times()
    {
        var form = ExploreForm.Fresh("a21002", Now);
        form.Choose("yesterday", Now);
        Assert.Equal((new DateTime(2026, 12, 1), new DateTime(2026, 12, 2)), (form.From, form.To));
        form.End(new DateTime(2026, 12, 1, 12, 0, 0));
        Assert.Equal("factor=a21002&from=2026-12-01T00%3A00%3A00%2B08%3A00&to=2026-12-01T12%3A00%3A00%2B08%3A00&resolution=hour", form.ToText().ToString());
        form.End(null);
        Assert.Null(form.ToText().To);
    }

    [Theory]
    [InlineData("factor=a21002&least=10&most=20", true, "while=a21002&whileLeast=10&whileMost=20")]
    [InlineData("factor=a21002&while=a01011&whileLeast=5", true, "while=a01011&whileLeast=5")]
    [InlineData("factor=a21002&value=converted", true, "value=converted")]
    [InlineData("factor=a21002&value=converted", false, "")]
    public void Another_factor_is_asked_the_same(string query, bool converted, string expected)
    {
        var form = ExploreForm.Of(AnalysisText.Parse(query), Now);
        form.Turn("a19001", converted);
        Assert.Equal("factor=a19001&period=last-7-days&resolution=hour" + (expected is "" ? "" : "&" + expected), form.ToText().ToString());
    }
}
