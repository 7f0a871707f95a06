using Qingyuan.Hj212.Security;

namespace Qingyuan.Hj212.Tests.Security;

public sealed class Sm4Tests
{
    private static readonly byte[] Key = Convert.FromHexString("0123456789ABCDEFFEDCBA9876543210");

    [Fact]
    public void The_vector_of_the_standard_encrypts_and_comes_back()
    {
        var cipher = new Sm4(Key);
        var block = Key.ToArray();

        cipher.EncryptBlock(block, block);
        Assert.Equal("681EDF34D206965E86B3E94F536E4246", Convert.ToHexString(block));

        cipher.DecryptBlock(block, block);
        Assert.Equal(Key, block);
    }

    [Fact]
    public void A_million_encryptions_in_a_row_give_the_second_vector_of_the_standard()
    {
        var cipher = new Sm4(Key);
        var block = Key.ToArray();
        for (var turn = 0; turn < 1_000_000; turn++)
        {
            cipher.EncryptBlock(block, block);
        }

        Assert.Equal("595298C7C6FD271F0402F804C33D3F66", Convert.ToHexString(block));
    }
}
