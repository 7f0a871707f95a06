using System.Text;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Math;
using Qingyuan.Ledger.Merkle;
using Qingyuan.Ledger.Signing;

namespace Qingyuan.Ledger.Tests.Signing;

public class Sm2Tests
{
    private const string R = "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3";
    private const string S = "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";
    private static readonly byte[] Message = "message digest"u8.ToArray();
    private static readonly BigInteger N = new("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123", 16);

    [Fact]
    public void Signs_the_standards_example_to_the_byte()
    {
        var key = PrivateKey.From(KeyAlgorithm.Sm2, Convert.FromHexString(Vectors.Sm2Secret), new FixedK(Vectors.Sm2K));
        Assert.Equal(R + S, Convert.ToHexString(key.Sign(Message)));
        Assert.True(key.Public.Verify(Message, Convert.FromHexString(R + S)));
    }

    [Fact]
    public void Refuses_r_and_s_out_of_range_and_the_mirrored_s()
    {
        var key = PrivateKey.From(KeyAlgorithm.Sm2, Convert.FromHexString(Vectors.Sm2Secret)).Public;
        var zero = new string('0', 64);
        var order = N.ToString(16).ToUpperInvariant();
        var mirrored = N.Subtract(new BigInteger(S, 16)).ToString(16).PadLeft(64, '0');
        foreach (var signature in new[] { R + mirrored, zero + S, R + zero, order + S, R + order, new string('F', 64) + S })
            Assert.False(key.Verify(Message, Convert.FromHexString(signature)), signature);
        Assert.False(key.Verify(Message, Convert.FromHexString(R + S + "00")));
        Assert.False(key.Verify(Message, []));
    }

    [Fact]
    public void A_point_off_the_curve_verifies_nothing()
    {
        var point = PrivateKey.From(KeyAlgorithm.Sm2, Convert.FromHexString(Vectors.Sm2Secret)).Public.Bytes.ToArray();
        point[64] ^= 1;
        Assert.True(PublicKey.TryCreate(KeyAlgorithm.Sm2, point, out var key));
        Assert.False(key!.Verify(Message, Convert.FromHexString(R + S)));
    }

    [Fact]
    public void Is_not_ECDSA_on_the_same_curve()
    {
        // The base library accepts the curve's OID, but what it makes is ECDSA: the two must never be taken for each other.
        var key = PrivateKey.From(KeyAlgorithm.Sm2, Convert.FromHexString(Vectors.Sm2Secret));
        var digest = new SM3Digest();
        digest.BlockUpdate(Message, 0, Message.Length);
        var hash = new byte[32];
        digest.DoFinal(hash, 0);
        Assert.False(key.Public.Verify(hash, Convert.FromHexString(R + S)));
        Assert.DoesNotContain("ECDsa", File.ReadAllText(Repo.Path("src", "Qingyuan.Ledger", "Signing", "Sm2Scheme.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void New_keys_sign_and_survive_being_written_down()
    {
        foreach (var algorithm in Enum.GetValues<KeyAlgorithm>())
        {
            var key = PrivateKey.Generate(algorithm);
            var again = PrivateKey.From(algorithm, key.Secret.Span);
            Assert.True(PublicKey.TryParse(again.Public.ToString(), out var read));
            Assert.Equal(key.Public, read);
            Assert.True(read!.Verify(Message, key.Sign(Message)));
            Assert.False(read.Verify("message digesu"u8, key.Sign(Message)));
        }
    }

    [Theory]
    [InlineData("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")]
    [InlineData("abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd", "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732")]
    public void SM3_gives_the_standards_examples(string text, string expected) =>
        Assert.Equal(expected, HashSuite.Sm3.Hash(Encoding.ASCII.GetBytes(text)).ToString());
}
