using Qingyuan.Hj212.Factors;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Tests.Factors;

public class FactorTableTests
{
    [Fact]
    public void All_476_rows_are_read_with_every_cell()
    {
        var lines = File.ReadLines(Repo.Path("src", "Qingyuan.Hj212", "Factors", "hj212-factors.csv")).Skip(1).ToArray();
        Assert.Equal(476, lines.Length);
        Assert.Equal(lines.Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)]), FactorTable.All.Select(factor => factor.Code));
        Assert.All(FactorTable.All, factor => Assert.True(factor.NameEn.Length > 0 && factor.Confidence.Length > 0, factor.Code));
    }

    [Theory]
    [InlineData("w01018", "化学需氧量", "mg/L", FactorMedium.Water)]
    [InlineData("a21026", "二氧化硫", "mg/m3", FactorMedium.Air)]
    [InlineData("a24016", "1,1-二氯乙烷", "mg/m3", FactorMedium.Air)]
    [InlineData("011", "化学需氧量", "mg/L", FactorMedium.Water)]
    [InlineData("Leq", "等效声级", "dB", FactorMedium.Noise)]
    public void A_code_is_found(string code, string name, string unit, FactorMedium medium)
    {
        Assert.True(FactorTable.TryGet(code, out var factor));
        Assert.Contains(name, factor.NameZh, StringComparison.Ordinal);
        Assert.Equal((unit, medium), (factor.Unit, factor.Medium));
    }

    [Theory]
    [InlineData("e10102")]
    [InlineData("i33312")]
    public void A_code_with_a_device_number_is_found(string code) => Assert.True(FactorTable.TryGet(code, out _));

    [Theory]
    [InlineData("")]
    [InlineData("a99948")]
    [InlineData("W01018")]
    public void An_unknown_code_is_not(string code) => Assert.False(FactorTable.TryGet(code, out _));

    [Theory]
    [InlineData("011", "w01018")]
    [InlineData("02", "a21026")]
    [InlineData("B01", "w00000")]
    [InlineData("S01", "a19001")]
    [InlineData("063", "w21006")]
    [InlineData("B03", "LA")]
    public void Codes_of_2005_and_2017_map_to_each_other(string old, string current)
    {
        Assert.Equal(current, FactorTable.Map2005To2017(old));
        Assert.Equal(old, FactorTable.Map2017To2005(current));
        Assert.Null(FactorTable.Map2005To2017(current));
    }

    [Fact]
    public void Every_pair_points_at_a_row() =>
        Assert.All(FactorTable.All.Where(factor => factor is { Edition: Edition.V2005, PairedCode: not null }), factor => Assert.True(FactorTable.TryGet(factor.PairedCode!, out _), factor.Code));

    [Fact]
    public void Every_row_has_its_cells_and_pairs_lead_back()
    {
        foreach (var factor in FactorTable.All)
        {
            Assert.True(factor.NameZh.Length > 0 || factor.Confidence == "SINGLE", factor.Code); // a few are known from examples only
            Assert.True(factor.Format is null || factor.Format[0] is 'N' or 'C' or 'Y', $"{factor.Code} {factor.Format}");
            if (factor is { Edition: Edition.V2017, PairedCode: { } old }) Assert.Equal(factor.Code, FactorTable.Map2005To2017(old));
        }
    }

    [Fact]
    public void Formats_of_2025_are_those_of_the_table_but_where_they_changed()
    {
        Assert.True(FactorTable.TryGet("a34013", out var dust) && FactorTable.TryGet("w01018", out _));
        Assert.Equal(("N4", "N4.1"), (dust.Format, RecentFormats.Of(dust)));
        Assert.All(RecentFormats.All, row => Assert.True(FactorTable.TryGet(row.Key, out _) && row.Value[0] == 'N', row.Key));
        Assert.True(FactorTable.TryGet("w01018", out var cod));
        Assert.Equal(cod.Format, RecentFormats.Of(cod));
    }
}
