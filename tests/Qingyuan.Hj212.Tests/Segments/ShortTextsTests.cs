using System.Text;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Tests.Segments;

public class ShortTextsTests
{
    [Fact]
    public void A_text_is_what_its_bytes_say_whatever_was_read_before() =>
        Gen.Byte[32, 126].Array[0, 10].Sample(bytes => WireText.Decode(bytes) == Encoding.ASCII.GetString(bytes), iter: 200_000);

    [Fact]
    public void Texts_that_differ_only_in_length_or_zeros_stay_apart()
    {
        foreach (var text in new[] { "0", "0\0", "00", "1234", "12341234", "1234\0", "123", "123\0", "12312" })
            Assert.Equal(text, WireText.Decode(Encoding.ASCII.GetBytes(text)));
    }

    [Fact]
    public void The_same_short_text_costs_no_second_string() => Assert.Same(WireText.Decode("a21026"u8), WireText.Decode("a21026"u8));

    [Fact]
    public void What_is_not_ascii_is_read_as_before() => Assert.Equal("正常", WireText.Decode("正常"u8));
}
