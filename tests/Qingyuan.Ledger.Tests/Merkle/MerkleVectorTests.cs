using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Tests.Merkle;

public class MerkleVectorTests
{
    private static readonly string[] Leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "2daef60e7a0b8f5e024c81cd2ab3109f2b4f155cf83adeb2ae5532f74a157fdf")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", "0b990fe0c7ad70f1bf1a1262f2c7908ea48146b14253a6db99f2917ab1f5cc4d")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "209ec96a210d662a964772680e8544d18cab7b88ffec3e00962220349b56ea56")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7", "28e4e307ef6d2d0c62d84b11ef96e835efe490f35b93c8f024ecfe38c8dd4377")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "bb10c996aeebbcdc69be3715fc847344de77442d37a5ab8213da9f41785b103b")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef", "8723c1ab1f82ddfba4a3733ac0c80d936d9f4c208c7dbc8cc81ca9fff8584f66")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "bd36c22a1ac6ff4308e0c3cc1a85bf0ffa30538ec60a55c70413ab15d45db4d2")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328", "bc48ba7a709184b5f2a631e1adeb8dc2a0d4c018c1d6cc89b5664fe154c93b38")]
    public void Roots_of_both_suites(int size, string sha256, string sm3)
    {
        Assert.Equal(sha256, MerkleTree.Root(HashSuite.Sha256, Hashes(HashSuite.Sha256).Take(size)).ToString());
        Assert.Equal(sm3, MerkleTree.Root(HashSuite.Sm3, Hashes(HashSuite.Sm3).Take(size)).ToString());
        Assert.Equal(sha256, MerkleTree.Root(HashSuite.Sha256, size, MerkleTree.Over(HashSuite.Sha256, Hashes(HashSuite.Sha256))).ToString());
    }

    [Theory]
    [InlineData("std", "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData("sm", "a798bfdb4164a6c7b41a6faecc5c3155cf04d38929dcbd4fe21dea29071aac64 155f6ed4ccfa83510c9416c99b48f41aa5b12e443546bee1b501a7b281e5132a 28e4e307ef6d2d0c62d84b11ef96e835efe490f35b93c8f024ecfe38c8dd4377")]
    public void Inclusion_of_leaf_five_in_eight(string suiteName, string expected)
    {
        var (suite, leaves) = Tree(suiteName);
        var path = MerkleTree.Inclusion(suite, 5, 8, MerkleTree.Over(suite, leaves));
        Assert.Equal(expected.Split(' '), path.Select(step => step.ToString()));
        Assert.True(ProofCheck.Inclusion(suite, leaves[5], 5, 8, path, MerkleTree.Root(suite, leaves)));
    }

    [Theory]
    [InlineData("std", "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7 07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7 fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125 837dbb152e9b079010717e84e865da4ebc0fa198a806d59d31bf15accef22d0e")]
    [InlineData("sm", "c93540f0356ca5170858329e6d483f335894dac0de71c64ff8b51cba68cce396 796e7bd749551d8e3dbd787d5fdbc62771c9a04db51a53bdbc004211f606ee6a 0b990fe0c7ad70f1bf1a1262f2c7908ea48146b14253a6db99f2917ab1f5cc4d 6f59d73facf2001681a4932aa0ec3c8006b2911c498c6dda229de1b618670d4e")]
    public void Consistency_of_three_with_seven(string suiteName, string expected)
    {
        var (suite, leaves) = Tree(suiteName);
        var path = MerkleTree.Consistency(suite, 3, 7, MerkleTree.Over(suite, leaves));
        Assert.Equal(expected.Split(' '), path.Select(step => step.ToString()));
        Assert.True(ProofCheck.Consistency(suite, 3, MerkleTree.Root(suite, leaves.Take(3)), 7, MerkleTree.Root(suite, leaves.Take(7)), path));
    }

    [Fact]
    public void A_consistency_proof_from_nothing_is_refused()
    {
        var suite = HashSuite.Sha256;
        Assert.False(ProofCheck.Consistency(suite, 0, suite.Empty, 8, MerkleTree.Root(suite, Hashes(suite)), []));
        Assert.False(ProofCheck.Consistency(suite, 0, suite.Empty, 0, suite.Empty, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.Consistency(suite, 0, 8, MerkleTree.Over(suite, Hashes(suite))));
    }

    private static (HashSuite Suite, IReadOnlyList<Digest> Leaves) Tree(string name)
    {
        var suite = HashSuite.All.Single(suite => suite.Name == name);
        return (suite, Hashes(suite));
    }

    private static Digest[] Hashes(HashSuite suite) => [.. Leaves.Select(hex => suite.Leaf(Convert.FromHexString(hex)))];
}
