using System.Text;
using Qingyuan.Hj212.Security;

namespace Qingyuan.Hj212.Tests.Security;

public sealed class AreaCipherTests
{
    private const string Start = "DataTime=20240520210600;a01011-Min=1.35,a01011-Avg=1.35,a01011-Max=1.35,a01011-Flag=N;";
    private const string Whole = Start + "a01012-Min=9.3,a01012-Avg=9.3,a01012-Max=9.3,a01012-Flag=N;a01014-Min=3.20,a01014-Avg=3.211,a01014-Max=3.212,a01014-Flag=N";
    private const string WithRest = Start + "a01014-Min=3.20,a01014-Avg=3.20,a01014-Max=3.20,a01014-Flag=N";

    [Theory]
    [InlineData(Whole, 208, "D7467C70B94F1D4A7B0350A48DBF8B41", "")]
    [InlineData(WithRest, 147, "EF70128554B82438E91ADCE98A0D03A4", "g=N")]
    public void The_official_areas_encrypt_to_the_official_blocks_and_come_back(string text, int length, string lastBlock, string rest)
    {
        var cipher = new Sm4("0000000000000000"u8);
        var area = Encoding.ASCII.GetBytes(text);
        Assert.Equal(length, area.Length);

        AreaCipher.Encrypt(cipher, area);
        Assert.StartsWith("E43E159ACFAB242CB53155FB8B9281A1A242577ABFAED881BE88B72D69FC55ED", Convert.ToHexString(area), StringComparison.Ordinal);
        Assert.EndsWith(lastBlock + Convert.ToHexString(Encoding.ASCII.GetBytes(rest)), Convert.ToHexString(area), StringComparison.Ordinal);

        AreaCipher.Decrypt(cipher, area);
        Assert.Equal(text, Encoding.ASCII.GetString(area));
    }
}
