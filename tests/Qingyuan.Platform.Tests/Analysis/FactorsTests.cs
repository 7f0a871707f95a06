using System.Globalization;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Shared.Http;

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
        Assert.Equal((2, (double?)null), (converted[1].Pairs, converted[1].Coefficient)); // two pairs are too few
        Assert.Equal((false, 2, 9.5), (converted[1].Converted, converted[1].Spread!.Count, converted[1].Spread!.Mean)); // the same moments
    }

    [Fact]
    public async Task Values_at_reference_oxygen_are_paired_as_they_stand_in_the_table_and_only_those_of_ones_own_stations()
    {
        await using var site = await OpenAsync();
        for (var hour = 0; hour < 12; hour++) await site.HourAsync(1, hour, (Sulphur, "ZsAvg", $"{12 - hour}", "N")); // measured it rises, converted it falls

        var query = AnalysisSite.Hours() with { Converted = true };
        var found = (await site.Analysis.FactorsAsync(query, [Sulphur, Oxygen], new HashSet<int> { 1 }, Ct)).Value;
        var pairs = (await site.Analysis.CorrelationAsync(query, Sulphur, null, Ct)).Value;

        Assert.Equal((true, 12, -1), (found[1].Converted, found[1].Pairs, Math.Round(found[1].Coefficient!.Value, 9)));
        Assert.Equal((false, 12, -1), (found[2].Converted, found[2].Pairs, Math.Round(found[2].Coefficient!.Value, 9)));
        Assert.Equal((found[1].Pairs, found[1].Coefficient), (pairs.Pairs, pairs.Coefficient));
        Assert.All((await site.Analysis.FactorsAsync(query, [Oxygen], new HashSet<int>(), Ct)).Value, factor => Assert.Null(factor.Spread));
    }

    [Fact]
    public async Task Too_many_are_refused_and_so_are_values_that_cannot_be_thrown_together()
    {
        await using var site = await OpenAsync();

        var many = (await site.Analysis.FactorsAsync(AnalysisSite.Hours(), [.. Enumerable.Range(0, IAnalysis.MostBeside + 1).Select(at => $"a{at}")], null, Ct)).Refusal;
        Assert.Equal("beside", many.Args[0]);

        var (gas, nox) = (AnalysisSite.Factor(Sulphur), AnalysisSite.Factor(AnalysisSite.Nox));
        await using var mixed = await AnalysisSite.OpenAsync(AnalysisSite.Gas(1, "G1", nox, gas), AnalysisSite.Gas(2, "G2", nox, AnalysisSite.Factor(Sulphur, "ug/m3")), AnalysisSite.Gas(3, "G3", AnalysisSite.Factor(Sulphur, "ppm")));
        var refused = Assert.IsType<FieldFault>((await mixed.Analysis.FactorsAsync(AnalysisSite.Hours(), [Sulphur], null, Ct)).Refusal);
        Assert.Equal("stations", refused.Field);
        Assert.DoesNotContain("G3", refused.What.Say(CultureInfo.InvariantCulture), StringComparison.Ordinal); // it is not asked about: it has no nitrogen oxides
        Assert.Equal("analysis.too-much", (await site.Analysis.FactorsAsync(AnalysisSite.Hours() with { To = AnalysisSite.Day.AddYears(200) }, [Oxygen, Sulphur], null, Ct)).Refusal.Code);
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
