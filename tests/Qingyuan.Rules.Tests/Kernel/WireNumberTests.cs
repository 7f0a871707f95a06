using Qingyuan.Rules.Emissions;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.QualityControl;

namespace Qingyuan.Rules.Tests.Kernel;

public class WireNumberTests
{
    [Theory]
    [InlineData("79228162514264337593543950335")]
    [InlineData("-79228162514264337593543950335")]
    [InlineData("1000000000000.1")]
    [InlineData("-1000000000001")]
    [InlineData("1e3")]
    [InlineData("--")]
    public void What_nothing_can_measure_is_no_number(string text) => Assert.Null(WireNumber.Parse(text));

    [Theory]
    [InlineData("1000000000000", 0)]
    [InlineData("-0.50", 2)]
    public void What_can_be_is_read_with_its_decimals(string text, int decimals) => Assert.Equal(decimals, WireNumber.Parse(text)!.Value.Decimals);

    [Fact]
    public void No_number_that_is_read_makes_a_quotient_overflow()
    {
        Assert.Null(ReferenceOxygen.Convert(WireNumber.Largest, 20.99999999999999999999999999m, 3m));
        Assert.Null(StandardCheck.Judge(WireNumber.Largest, 0.0000000000000000000000000001m));
    }
}
