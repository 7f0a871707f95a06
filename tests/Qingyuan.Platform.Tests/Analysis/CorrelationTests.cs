using Qingyuan.Platform.Analysis.Contracts;

namespace Qingyuan.Platform.Tests.Analysis;

/// <summary>Another factor beside the one that is asked for.</summary>
public sealed class CorrelationTests
{
    private const string Flow = "a01011";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_values_have_the_marks_that_are_asked_for()
    {
        await using var site = await SiteAsync();
        string?[] marks = ["N", "C", "N", "N", null];
        for (var hour = 0; hour < marks.Length; hour++) await site.HourAsync(1, hour, (AnalysisSite.Nox, "Avg", $"{hour}.0", "N"), (Flow, "Avg", $"{hour}.5", marks[hour]));

        var all = (await site.Analysis.CorrelationAsync(AnalysisSite.Hours(), Flow, null, Ct)).Value;
        var marked = (await site.Analysis.CorrelationAsync(AnalysisSite.Hours() with { Marks = ["N"] }, Flow, null, Ct)).Value;

        Assert.Equal((5, 3), (all.Pairs, marked.Pairs));
        Assert.Equal([0.5, 2.5, 3.5], marked.Shown.Select(pair => pair.X));
        var condition = AnalysisSite.Hours() with { While = [new(Flow, 1, null)] };
        Assert.Equal([1, 2, 3, 4], await HoursAsync(site, condition));
        Assert.Equal([2, 3], await HoursAsync(site, condition with { Marks = ["N"] }));
    }

    [Fact]
    public async Task Each_station_is_told_for_itself_beside_all_together()
    {
        await using var site = await SiteAsync();
        for (var hour = 0; hour < 4; hour++)
        {
            await site.HourAsync(1, hour, (AnalysisSite.Nox, "Avg", $"{hour}.0", "N"), (Flow, "Avg", $"{hour}.0", "N"));
            await site.HourAsync(2, hour, (AnalysisSite.Nox, "Avg", $"{10 - hour}.0", "N"), (Flow, "Avg", $"{hour}.0", "N"));
        }

        var found = (await site.Analysis.CorrelationAsync(AnalysisSite.Hours(), Flow, null, Ct)).Value;

        Assert.Equal(["G1", "G2"], found.Stations.Select(station => station.Mn)); // G3 sent nothing
        Assert.Equal([4, 4], found.Stations.Select(station => station.Pairs));
        Assert.Equal((1.0, -1.0), (Math.Round(found.Stations[0].Coefficient!.Value, 9), Math.Round(found.Stations[1].Coefficient!.Value, 9)));
        Assert.Equal((8, 0.0), (found.Pairs, Math.Abs(Math.Round(found.Coefficient!.Value, 9)))); // up in the one, down in the other
    }

    [Fact]
    public async Task Values_without_a_mark_have_a_word_of_their_own()
    {
        await using var site = await SiteAsync();
        string?[] marks = [null, "N", "M", null];
        for (var hour = 0; hour < marks.Length; hour++) await site.HourAsync(1, hour, (AnalysisSite.Nox, "Avg", "1.0", marks[hour]));

        Assert.Equal([0, 3], await HoursAsync(site, AnalysisSite.Hours() with { Marks = [AnalysisQuery.NoMark] }));
        Assert.Equal([0, 2, 3], await HoursAsync(site, AnalysisSite.Hours() with { Marks = [AnalysisQuery.NoMark, "M"] }));
    }

    private static Task<AnalysisSite> SiteAsync() => AnalysisSite.OpenAsync([.. ((string[])["G1", "G2", "G3"]).Select((mn, at) => AnalysisSite.Gas(at + 1, mn, AnalysisSite.Factor(AnalysisSite.Nox), AnalysisSite.Factor(Flow, "m/s")))]);

    private static async Task<List<int>> HoursAsync(AnalysisSite site, AnalysisQuery query) => [.. (await site.Analysis.RowsAsync(query, null, Ct)).Value.Select(row => row.At.Hour)];
}
