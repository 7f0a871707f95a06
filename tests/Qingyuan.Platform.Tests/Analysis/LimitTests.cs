using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Tests.Analysis;

/// <summary>What Explore calls over the limit is what the alarm rule would call so.</summary>
public sealed class LimitTests
{
    private const string Ammonia = "w21003";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_cold_water_the_other_bound_holds_and_an_unknown_temperature_is_warm()
    {
        await using var site = await AnalysisSite.OpenAsync(AnalysisSite.Water(1, "W1", AnalysisSite.Factor(Ammonia, "mg/L", AnalysisSite.Limit(5, cold: 8)), AnalysisSite.Factor(FactorCodes.WaterTemperature, "degC")));
        (string Value, string? Temperature, string Flag)[] hours = [("6.0", "12.0", "N"), ("6.0", "12.04", "N"), ("6.0", "13.0", "N"), ("6.0", null, "N"), ("8.1", "10.0", "N"), ("6.0", "10.0", "D")];
        for (var hour = 0; hour < hours.Length; hour++)
        {
            await site.HourAsync(1, hour, (Ammonia, "Avg", hours[hour].Value, "N"));
            if (hours[hour].Temperature is { } degrees) await site.HourAsync(1, hour, (FactorCodes.WaterTemperature, "Avg", degrees, hours[hour].Flag));
        }

        Assert.Equal([2, 3, 4, 5], await OverAsync(site, AnalysisSite.Hours(Ammonia)));
        Assert.Equal(4, (await site.Analysis.OverviewAsync(AnalysisSite.Hours(Ammonia), null, Ct)).Value.Stations[0].Over);
    }

    [Fact]
    public async Task A_value_is_rounded_to_the_factors_decimals_first()
    {
        await using var site = await AnalysisSite.OpenAsync(AnalysisSite.Gas(1, "G1", AnalysisSite.Factor(AnalysisSite.Nox, limit: AnalysisSite.Limit(140))));
        foreach (var (text, hour) in ((string[])["140.04", "140.05", "140.06"]).Select((text, hour) => (text, hour))) await site.HourAsync(1, hour, (AnalysisSite.Nox, "Avg", text, "N"));

        Assert.Equal([2], await OverAsync(site, AnalysisSite.Hours()));
    }

    [Fact]
    public async Task What_does_not_count_exceeds_nothing()
    {
        await using var site = await AnalysisSite.OpenAsync(AnalysisSite.Gas(1, "G1", AnalysisSite.Factor(AnalysisSite.Nox, limit: AnalysisSite.Limit(140))));
        string?[] marks = ["N", "C", "M", "D", null, "T", "St", "F"];
        for (var hour = 0; hour < marks.Length; hour++) await site.HourAsync(1, hour, (AnalysisSite.Nox, "Avg", "150.0", marks[hour]));

        Assert.Equal([0, 4, 6], await OverAsync(site, AnalysisSite.Hours()));
    }

    [Fact]
    public async Task Of_derived_values_the_verdict_says_which_count()
    {
        await using var site = await AnalysisSite.OpenAsync(AnalysisSite.Gas(1, "G1", AnalysisSite.Factor(AnalysisSite.Nox, limit: AnalysisSite.Limit(140))));
        string[] verdicts = ["invalid:too-few-minutes", "valid", "stopped"];
        for (var hour = 0; hour < verdicts.Length; hour++)
            await site.House.Get<IDerivedStore>().PutAsync(1, Resolution.Hour, AnalysisSite.Day.AddHours(hour), [new(AnalysisSite.Nox, "150.0", null, null, null, verdicts[hour], "N", "TEST@1", "")], Ct);

        Assert.Equal([1], await OverAsync(site, AnalysisSite.Hours() with { Derived = true }));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task A_mean_is_converted_only_where_the_rule_converts_it(bool hasReferenceOxygen, int over)
    {
        var station = AnalysisSite.Gas(1, "G1", AnalysisSite.Factor(AnalysisSite.Nox, limit: AnalysisSite.Limit(100, LimitBasis.HourlyConverted)));
        await using var site = await AnalysisSite.OpenAsync(station with { ReferenceOxygen = hasReferenceOxygen ? 9m : null });
        await site.HourAsync(1, 0, (AnalysisSite.Nox, "Avg", "150.0", "N"), (AnalysisSite.Nox, "ZsAvg", "90.0", "N"));

        Assert.Equal(over, (await OverAsync(site, AnalysisSite.Hours())).Count);
    }

    private static async Task<List<int>> OverAsync(AnalysisSite site, AnalysisQuery query) => [.. (await site.Analysis.RowsAsync(query, null, Ct)).Value.Where(row => row.Over).Select(row => row.At.Hour)];
}
