using System.Text;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Tests.Segments;

public class DataAreaReaderTests
{
    [Fact]
    public void Objects_end_at_semicolons_and_go_on_at_commas() =>
        Assert.Equal(
            ["+DataTime||20160801085857", "+w01018-SampleTime|w01018|20160801070000", "w01018-Rtd|w01018|2.2", "w01018-Flag|w01018|N", "+w01001-Rtd|w01001|7.1"],
            Read("DataTime=20160801085857;w01018-SampleTime=20160801070000,w01018-Rtd=2.2,w01018-Flag=N;w01001-Rtd=7.1"));

    [Theory]
    [InlineData("i11001-Info=//a;b,c=d//", "+i11001-Info|i11001|a;b,c=d")]
    [InlineData("i11001-Info=////", "+i11001-Info|i11001|")]
    [InlineData("i11001-Info=//see http://x/y//", "+i11001-Info|i11001|see http://x/y")]
    [InlineData("i11001-Info=//not closed", "+i11001-Info|i11001|//not closed")]
    public void A_log_text_is_taken_before_the_separators_in_it(string area, string expected) => Assert.Equal([expected], Read(area));

    [Fact]
    public void Two_log_texts_are_two_items() =>
        Assert.Equal(["+i11001-Info|i11001|a;b", "+i21001-Info|i21001|c"], Read("i11001-Info=//a;b//;i21001-Info=//c//"));

    [Fact]
    public void Duplicates_are_kept_in_wire_order() => Assert.Equal(["+a-Rtd|a|1", "+a-Rtd|a|2"], Read("a-Rtd=1;a-Rtd=2"));

    [Fact]
    public void The_first_item_of_a_name_is_found()
    {
        Assert.True(DataAreaReader.TryFind("x=0;DataTime=1;DataTime=2"u8, "DataTime"u8, out var value));
        Assert.Equal("1"u8, value);
        Assert.False(DataAreaReader.TryFind("x=0"u8, "DataTime"u8, out _));
    }

    /// <summary>The look at 32 bytes against plain string splitting, on areas without log texts.</summary>
    [Fact]
    public void Any_area_reads_as_splitting_it_would() =>
        Gen.String[Gen.Char["abF0-=;, "], 0, 120].Sample(area => Assert.Equal(Split(area), Read(area)), iter: 20_000);

    private static List<string> Split(string area)
    {
        var (items, code, at) = (new List<string>(), "", 0);
        foreach (var part in area.Split(';', ','))
        {
            var starts = at == 0 || area[at - 1] == ';';
            at += part.Length + 1;
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? part : part[..equals]).Trim();
            var value = equals < 0 ? "" : part[(equals + 1)..];
            if (name.Length + value.Length == 0) continue;
            var dash = name.LastIndexOf('-');
            if (dash > 0) code = name[..dash];
            items.Add($"{(starts ? "+" : "")}{name}|{(dash > 0 || name == "Flag" ? code : "")}|{value}");
        }
        return items;
    }

    private static List<string> Read(string area)
    {
        var items = new List<string>();
        foreach (var item in new DataAreaReader(Encoding.UTF8.GetBytes(area)))
            items.Add($"{(item.StartsObject ? "+" : "")}{WireText.Decode(item.Name)}|{WireText.Decode(item.Code)}|{WireText.Decode(item.Value)}");
        return items;
    }
}
