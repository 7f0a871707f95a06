using System.Text;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Tests.Segments;

public class WireTimeTests
{
    [Theory]
    [InlineData("20160801085857", 0)]
    [InlineData("20160801085857223", 223)]
    public void Fourteen_or_seventeen_digits_are_a_wall_clock_time(string text, int milliseconds)
    {
        Assert.True(WireTime.TryParse(Encoding.ASCII.GetBytes(text), out var time));
        Assert.Equal(new DateTime(2016, 8, 1, 8, 58, 57, milliseconds), time);
        Assert.Equal(DateTimeKind.Unspecified, time.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2016080108585")]
    [InlineData("20160801085860")]
    [InlineData("20160801245857")]
    [InlineData("20160230085857")]
    [InlineData("20161301085857")]
    [InlineData("00000801085857")]
    [InlineData("00010101000000")]
    [InlineData("19891231235959")]
    [InlineData("21010101000000")]
    [InlineData("99991231235959")]
    [InlineData("2016080108585x")]
    [InlineData("201608010858572x3")]
    [InlineData("2016080108585７")]
    public void Anything_else_is_none(string text) => Assert.False(WireTime.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Leap_days_exist_in_leap_years()
    {
        Assert.True(WireTime.TryParse("20240229000000"u8, out _));
        Assert.False(WireTime.TryParse("20230229000000"u8, out _));
    }
}
