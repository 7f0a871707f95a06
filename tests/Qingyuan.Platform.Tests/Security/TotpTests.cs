using System.Text;
using Qingyuan.Platform.Security.SignIn;

namespace Qingyuan.Platform.Tests.Security;

public class TotpTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Agrees_with_the_vectors_of_RFC_6238(long seconds, string code) => Assert.Equal(code, Totp.Code(Key, seconds / 30));

    [Fact]
    public void Takes_one_step_early_or_late_and_nothing_further()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_000_000_020);
        var step = now.ToUnixTimeSeconds() / 30;
        foreach (var off in new[] { -1, 0, 1 }) Assert.Equal(step + off, Totp.Match(Key, Totp.Code(Key, step + off), now, 0));
        Assert.Null(Totp.Match(Key, Totp.Code(Key, step + 2), now, 0));
        Assert.Null(Totp.Match(Key, Totp.Code(Key, step), now, step));
        Assert.Null(Totp.Match(Key, "", now, 0));
        Assert.Null(Totp.Match(Key, "１２３４５６", now, 0));
    }

    [Fact]
    public void Writes_base32_as_apps_read_it() => Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.ToBase32(Key));
}
