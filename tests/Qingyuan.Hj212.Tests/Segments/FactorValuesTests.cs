using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Tests.Segments;

public class FactorValuesTests
{
    [Fact]
    public void Each_quantity_carries_its_factors_mark_and_sampling_time() => Assert.Equal(
        [
            new("w01001", "Rtd", "7.1", "N", null),
            new("w01018", "Rtd", "2.2", "N", new DateTime(2016, 8, 1, 7, 0, 0)),
        ],
        Read("DataTime=20160801085857;w01001-Rtd=7.1,w01001-Flag=N;w01018-SampleTime=20160801070000,w01018-Rtd=2.2,w01018-Flag=N,w01018-EFlag=A01"u8));

    [Fact]
    public void A_mark_far_behind_its_value_still_belongs_to_it() =>
        Assert.Equal(["N", "D"], Read("a-Rtd=1;b-Rtd=2;a-Flag=N;b-Flag=D"u8).Select(value => value.Flag));

    [Fact]
    public void A_repeated_factor_keeps_each_mark_with_its_own_value() =>
        Assert.Equal(["N", "D"], Read("a-Rtd=1,a-Flag=N;a-Rtd=2,a-Flag=D"u8).Select(value => value.Flag));

    [Fact]
    public void A_value_without_mark_has_none() => Assert.Null(Assert.Single(Read("B01-Rtd=36.91"u8)).Flag);

    [Fact]
    public void Text_precision_stays() => Assert.Equal("3.20", Assert.Single(Read("a01014-Avg=3.20"u8)).Text);

    [Fact]
    public void Instrument_texts_are_not_values() => Assert.Empty(Read("DataTime=20160801085857;PolId=w01018;w01018-SN=01;i11001-Info=//x//"u8));

    [Theory]
    [InlineData("DataTime=20160801085857;w01001-Rtd=7.1,w01001-Flag=N", 1)]
    [InlineData("w01001-Rtd=7.1,w01001-Flag=N,w01001-EFlag=A01;PolId=w01001", 2)]
    [InlineData("w01001-Rtd=7.1;w01018-Flag=D", 1)]
    [InlineData("w01001-Rtd=7.1,w01001-Flag=N,w01001-Flag=D", 1)]
    public void What_is_in_no_value_is_counted(string area, int leftOut) => Assert.Equal(leftOut, FactorValues.Read(System.Text.Encoding.ASCII.GetBytes(area), new List<FactorValue>()));

    private static List<FactorValue> Read(ReadOnlySpan<byte> area)
    {
        var values = new List<FactorValue>();
        FactorValues.Read(area, values);
        return values;
    }
}
