using System.Text;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Dictionaries;
using Qingyuan.Hj212.Factors;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Tests.Dictionaries;

public class DictionaryTests
{
    public static TheoryData<string> Tables => ["st", "marks", "request", "execution", "unit", "calibration", "alarm", "process"];

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_code_has_one_meaning_in_an_edition_in_both_languages(string name)
    {
        var table = Table(name);
        foreach (var edition in Enum.GetValues<Edition>())
        {
            var codes = table.All.Where(row => row.Editions.Contains(edition)).Select(row => row.Code).ToArray();
            Assert.Equal(codes.Distinct(), codes);
        }
        Assert.All(table.All, row => Assert.True(row.NameZh.Length > 0 && row.NameEn.Length > 0 && row.Editions.Count > 0, row.Code));
    }

    [Fact]
    public void The_code_tables_are_those_of_each_edition()
    {
        Assert.Equal("21 22 23 31 32 33 34 35 36 37 38 41 91", Codes(SystemCodes.Table, Edition.V2005));
        Assert.Equal("21 22 23 24 25 26 27 31 32 33 34 35 36 37 38 39 41 51 52 91", Codes(SystemCodes.Table, Edition.V2017));
        Assert.Equal("21 22 23 24 25 26 27 31 32 33 34 35 36 37 38 39 41 44 45 51 52 91", Codes(SystemCodes.Table, Edition.V2025));
        Assert.Equal("N F M S D C T B", Codes(DataMarks.Table, Edition.V2017));
        Assert.Equal("1 2 3", Codes(ResultCodes.Request, Edition.V2005));
        Assert.Equal("1 2 100", Codes(ResultCodes.Execution, Edition.V2005));
        Assert.Equal(Enum.GetValues<RequestResult>().Select(result => $"{(int)result}"), ResultCodes.Request.All.Select(row => row.Code));
        Assert.Equal(Enum.GetValues<ExecutionResult>().Select(result => $"{(int)result}"), ResultCodes.Execution.All.Select(row => row.Code));
        Assert.Equal("Calibrating", DataMarks.Table.Find("C", Edition.V2017)!.NameEn);
        Assert.Equal("Check", DataMarks.Table.Find("C", Edition.V2005)!.NameEn);
        Assert.Null(DataMarks.Table.Find("Td", Edition.V2017));
    }

    [Fact]
    public void Information_codes_know_their_device_kind_and_states()
    {
        Assert.Equal(42, InformationCodes.All.Count);
        Assert.True(InformationCodes.TryGet("i12001", out var state));
        Assert.Equal((InformationDevice.Instrument, InformationKind.State, "8"), (state.Device, state.Kind, state.Values.Single(value => value.NameZh == "标定").Code));
        Assert.True(InformationCodes.TryGet("i33312", out var furnace));
        Assert.Equal((InformationDevice.Auxiliary, InformationKind.Parameter), (furnace.Device, furnace.Kind));
        Assert.False(InformationCodes.TryGet("w01018", out _));
        Assert.All(InformationCodes.All.Where(code => code.Kind == InformationKind.State), code => Assert.NotEmpty(code.Values));
    }

    [Fact]
    public void Process_codes_are_data_and_both_meanings_of_a_code_printed_twice_are_kept()
    {
        var processes = FactorTable.All.Where(row => row.Medium is FactorMedium.ProcessWater or FactorMedium.ProcessGas).ToArray();
        Assert.Equal(145, processes.Length);
        Assert.All(processes, row => Assert.True(ProcessClasses.Table.Find(row.Code[..2], Edition.V2017) is not null, row.Code));
        Assert.Equal(2, FactorTable.AllOf("g11901").Count());
        Assert.Equal(2, FactorTable.AllOf("e701xx").Count());
        Assert.Single(FactorTable.AllOf("w01018"));
        Assert.Empty(FactorTable.AllOf("zzz"));
        Assert.Equal("B03", FactorTable.Map2017To2005("LA"));
    }

    [Theory]
    [InlineData("N4", "3600", true)]
    [InlineData("N4", "36000", false)]
    [InlineData("N4", "36.0", false)]
    [InlineData("N3.1", "168.0", true)]
    [InlineData("N3.1", "-168", true)]
    [InlineData("N3.1", "168.05", false)]
    [InlineData("N3.1", "168.", false)]
    [InlineData("N3.1", "", false)]
    [InlineData("N3.1", "NaN", false)]
    [InlineData("C4", "A01", true)]
    [InlineData("C4", "A0100", false)]
    [InlineData("hhmmss", "235959", true)]
    [InlineData("hhmmss", "240000", false)]
    [InlineData("YYYYMMDDhhmmss", "20240101000000", true)]
    [InlineData("YYYYMMDDhhmmss", "20240101000000000", false)]
    public void Formats_are_read_as_the_standard_writes_them(string format, string value, bool fits) =>
        Assert.Equal(fits, WireFormat.Fits(format, Encoding.UTF8.GetBytes(value)));

    [Fact]
    public void A_field_whose_format_changed_has_a_row_for_each_edition()
    {
        Assert.Equal("N5", FieldDictionary.Find("OverTime", Edition.V2005)!.Format);
        Assert.Equal("N2", FieldDictionary.Find("OverTime", Edition.V2017)!.Format);
        Assert.Equal(0, FieldDictionary.Find("OverTime", Edition.V2025)!.Least);
        Assert.Equal("HJ 212-2025", FieldDictionary.Find("CalibrationType", Edition.V2025)!.Clause);
        Assert.Null(FieldDictionary.Find("FANSTATUS", Edition.V2017));
        Assert.All(FieldDictionary.All, field => Assert.True(field.NameZh.Length > 0 && field.NameEn.Length > 0));
    }

    private static string Codes(CodeTable table, Edition edition) => string.Join(' ', table.All.Where(row => row.Editions.Contains(edition)).Select(row => row.Code));

    private static CodeTable Table(string name) => name switch
    {
        "st" => SystemCodes.Table, "marks" => DataMarks.Table, "request" => ResultCodes.Request, "execution" => ResultCodes.Execution,
        "unit" => ResultCodes.UnitState, "calibration" => ResultCodes.Calibration, "alarm" => ResultCodes.Alarm, _ => ProcessClasses.Table,
    };
}
