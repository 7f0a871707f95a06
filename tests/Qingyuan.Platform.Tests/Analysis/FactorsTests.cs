using Qingyuan.Platform.Analysis.Contracts;

namespace Qingyuan.Platform.Tests.Analysis;

/// <summary>Several factors that are asked the same, side by side.</summary>
public sealed class FactorsTests
{
    private const string Sulphur = "a21026", Oxygen = "a19001";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("R-5.5.4-2b")]
    public async Task Each_has_its_own_spread_and_how_it_goes_along_with_the_first()
    {
        await using var site = await OpenAsync();

        var found = (await site.Analysis.FactorsAsync(AnalysisSite.Hours(), [Oxygen, Sulphur, "a99999", Oxygen], null, Ct)).Value;

        Assert.Equal([AnalysisSite.Nox, Oxygen, Sulphur, "a99999"], found.Select(factor => factor.Factor));
        Assert.Equal((12, 5.5, 0, (double?)null), (found[0].Spread!.Count, found[0].Spread!.Mean, found[0].Pairs, found[0].Coefficient));
        Assert.Equal((12, 14.5, 12, -1), (found[1].Spread!.Count, found[1].Spread!.Mean, found[1].Pairs, Math.Round(found[1].Coefficient!.Value, 9)));
        Assert.Equal((6, 2, 6, 1), (found[2].Spread!.Count, found[2].Over, found[2].Pairs, Math.Round(found[2].Coefficient!.Value, 9)));
        Assert.Equal((0, (Distribution?)null, (double?)null), (found[3].Stations, found[3].Spread, found[3].Coefficient));
    }

    [Fact]
    public async Task Bounds_on_the_first_narrow_the_moments_of_the_others_and_what_has_no_converted_values_stands_as_measured()
    {
        await using var site = await OpenAsync();

        var bounded = (await site.Analysis.FactorsAsync(AnalysisSite.Hours() with { Least = 10 }, [Oxygen], null, Ct)).Value;
        var converted = (await site.Analysis.FactorsAsync(AnalysisSite.Hours() with { Converted = true, Least = 20 }, [Oxygen], null, Ct)).Value;

        Assert.Equal((2, 9.5), (bounded[1].Spread!.Count, bounded[1].Spread!.Mean)); // 10 and 11 of nitrogen oxides, 10 and 9 of oxygen
        Assert.Equal((true, 2, 21), (converted[0].Converted, converted[0].Spread!.Count, converted[0].Spread!.Mean));
        Assert.Equal((false, 2, 9.5), (converted[1].Converted, converted[1].Spread!.Count, converted[1].Spread!.Mean)); // the same moments
    }

    [Fact]
    public async Task Too_many_are_refused_and_so_are_values_that_cannot_be_thrown_together()
    {
        await using var site = await OpenAsync();

        var many = (await site.Analysis.FactorsAsync(AnalysisSite.Hours(), [.. Enumerable.Range(0, IAnalysis.MostBeside + 1).Select(at => $"a{at}")], null, Ct)).Refusal;
        Assert.Equal("beside", many.Args[0]);

        await using var mixed = await AnalysisSite.OpenAsync(AnalysisSite.Gas(1, "G1", AnalysisSite.Factor(AnalysisSite.Nox), AnalysisSite.Factor(Sulphur)), AnalysisSite.Gas(2, "G2", AnalysisSite.Factor(Sulphur, "ug/m3")));
        Assert.Equal("stations", (await mixed.Analysis.FactorsAsync(AnalysisSite.Hours(), [Sulphur], null, Ct)).Refusal.Args[0]);
    }

    private static async Task<AnalysisSite> OpenAsync()
    {
        var site = await AnalysisSite.OpenAsync(AnalysisSite.Gas(
            1, "G1", AnalysisSite.Factor(AnalysisSite.Nox), AnalysisSite.Factor(Oxygen, "%"), AnalysisSite.Factor(Sulphur, limit: AnalysisSite.Limit(8))));
        for (var hour = 0; hour < 12; hour++)
        {
            await site.HourAsync(1, hour, (AnalysisSite.Nox, "Avg", $"{hour}", "N"), (AnalysisSite.Nox, "ZsAvg", $"{2 * hour}", "N"), (Oxygen, "Avg", $"{20 - hour}", "N"));
            if (hour % 2 is 0) await site.HourAsync(1, hour, (Sulphur, "Avg", $"{hour + 0.5}", "N"));
        }

        return site;
    }
}
