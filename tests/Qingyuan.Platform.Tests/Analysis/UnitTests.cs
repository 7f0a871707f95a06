using System.Globalization;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Tests.Analysis;

/// <summary>Units are filed as free text; what differs is never thrown together.</summary>
public sealed class UnitTests
{
    private const string Flow = "a00000";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mg/m3", "mg/m³")]
    [InlineData("mg/m3", "毫克/立方米")]
    [InlineData("ug/m3", "μg / m3")]
    [InlineData("mg/m3", "mg/m3 (dry)")]
    [InlineData("", "无量纲")]
    public void Spellings_of_one_unit_are_one(string one, string other) => Assert.Equal(UnitNames.Plain(one), UnitNames.Plain(other));

    [Fact]
    public async Task Stations_of_different_units_are_named_with_their_units()
    {
        await using var site = await AnalysisSite.OpenAsync(
            AnalysisSite.Gas(1, "G1", AnalysisSite.Factor(AnalysisSite.Nox)), AnalysisSite.Gas(2, "G2", AnalysisSite.Factor(AnalysisSite.Nox, "mg/m³")), AnalysisSite.Gas(3, "G3", AnalysisSite.Factor(AnalysisSite.Nox, "ug/m3")));
        for (var station = 1; station <= 3; station++) await site.HourAsync(station, 0, (AnalysisSite.Nox, "Avg", "1.0", "N"));

        foreach (var refusal in (Refusal[])[(await site.Analysis.OverviewAsync(AnalysisSite.Hours(), null, Ct)).Refusal, (await site.Analysis.CorrelationAsync(AnalysisSite.Hours(), Flow, null, Ct)).Refusal])
        {
            var fault = Assert.IsType<FieldFault>(refusal);
            Assert.Equal("stations", fault.Field);
            Assert.All((string[])["zh-CN", "en"], language => Assert.EndsWith("mg/m3 (G1, G2); ug/m3 (G3)", fault.What.Say(CultureInfo.GetCultureInfo(language)), StringComparison.Ordinal));
        }

        Assert.Equal(2, (await site.Analysis.OverviewAsync(AnalysisSite.Hours() with { Stations = ["G1", "G2"] }, null, Ct)).Value.Spread!.Count);
        Assert.Equal(3, (await site.Analysis.RowsAsync(AnalysisSite.Hours(), null, Ct)).Value.Count); // each row stands for itself
    }

    [Fact]
    public async Task The_other_factor_has_one_unit_too()
    {
        await using var site = await AnalysisSite.OpenAsync(
            AnalysisSite.Gas(1, "G1", AnalysisSite.Factor(AnalysisSite.Nox), AnalysisSite.Factor(Flow, "m3/s")), AnalysisSite.Gas(2, "G2", AnalysisSite.Factor(AnalysisSite.Nox), AnalysisSite.Factor(Flow, "m3/h")));

        Assert.Equal("stations", Assert.IsType<FieldFault>((await site.Analysis.CorrelationAsync(AnalysisSite.Hours(), Flow, null, Ct)).Refusal).Field);
        Assert.True((await site.Analysis.CorrelationAsync(AnalysisSite.Hours() with { Stations = ["G2"] }, Flow, null, Ct)).IsOk);
    }
}
