using System.Buffers.Binary;
using CsCheck;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Tests.Merkle;

public class MerklePropertyTests
{
    private static readonly Gen<HashSuite> Suites = Gen.Bool.Select(sm => sm ? HashSuite.Sm3 : HashSuite.Sha256);

    [Fact]
    public void Every_leaf_of_every_size_is_proved_and_any_flipped_bit_refused() =>
        Gen.Select(Suites, Gen.Int[1, 300], Gen.Int[0, 299], Gen.Int[0, 10_000]).Sample((suite, size, at, noise) =>
        {
            var leaves = Leaves(suite, size);
            var index = at % size;
            var root = MerkleTree.Root(suite, leaves);
            var path = MerkleTree.Inclusion(suite, index, size, MerkleTree.Over(suite, leaves));
            Assert.True(ProofCheck.Inclusion(suite, leaves[index], index, size, path, root));
            Assert.False(ProofCheck.Inclusion(suite, Flip(leaves[index], noise), index, size, path, root));
            Assert.False(ProofCheck.Inclusion(suite, leaves[index], index, size, path, Flip(root, noise)));
            if (path.Count > 0) Assert.False(ProofCheck.Inclusion(suite, leaves[index], index, size, FlipIn(path, noise), root));
            Assert.False(ProofCheck.Inclusion(suite, leaves[index], index, size, [.. path, root], root));
            if (path.Count > 0) Assert.False(ProofCheck.Inclusion(suite, leaves[index], index, size, [.. path.Skip(1)], root));
            if (size > 1) Assert.False(ProofCheck.Inclusion(suite, leaves[index], (index + 1) % size, size, path, root));
            Assert.False(ProofCheck.Inclusion(suite, leaves[index], size, size, path, root));
            Assert.False(ProofCheck.Inclusion(suite, leaves[index], -1, size, path, root));
        }, iter: 400);

    [Fact]
    public void Every_prefix_is_proved_and_any_flipped_bit_refused() =>
        Gen.Select(Suites, Gen.Int[1, 300], Gen.Int[1, 300], Gen.Int[0, 10_000]).Sample((suite, one, other, noise) =>
        {
            var (oldSize, size) = (Math.Min(one, other), Math.Max(one, other));
            var leaves = Leaves(suite, size);
            var (oldRoot, root) = (MerkleTree.Root(suite, leaves.Take(oldSize)), MerkleTree.Root(suite, leaves));
            var path = MerkleTree.Consistency(suite, oldSize, size, MerkleTree.Over(suite, leaves));
            Assert.True(ProofCheck.Consistency(suite, oldSize, oldRoot, size, root, path));
            Assert.False(ProofCheck.Consistency(suite, oldSize, Flip(oldRoot, noise), size, root, path));
            Assert.False(ProofCheck.Consistency(suite, oldSize, oldRoot, size, Flip(root, noise), path));
            if (path.Count > 0) Assert.False(ProofCheck.Consistency(suite, oldSize, oldRoot, size, root, FlipIn(path, noise)));
            Assert.False(ProofCheck.Consistency(suite, oldSize, oldRoot, size, root, [.. path, root]));
            if (oldSize != size) Assert.False(ProofCheck.Consistency(suite, size, root, oldSize, oldRoot, path));
        }, iter: 400);

    [Fact]
    public void A_frontier_restored_from_its_peaks_grows_to_the_same_root() =>
        Gen.Select(Suites, Gen.Int[0, 300], Gen.Int[0, 300]).Sample((suite, first, second) =>
        {
            var leaves = Leaves(suite, first + second);
            var frontier = new Frontier(suite, first, MerkleTree.Peaks(first, MerkleTree.Over(suite, leaves)));
            foreach (var leaf in leaves.Skip(first)) frontier.Append(leaf);
            Assert.Equal(MerkleTree.Root(suite, leaves), frontier.Root());
        }, iter: 200);

    private static List<Digest> Leaves(HashSuite suite, int size)
    {
        var leaves = new List<Digest>(size);
        Span<byte> number = stackalloc byte[4];
        for (var i = 0; i < size; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, i);
            leaves.Add(suite.Leaf(number));
        }

        return leaves;
    }

    private static Digest Flip(Digest digest, int noise)
    {
        var bytes = digest.ToArray();
        bytes[noise / 8 % 32] ^= (byte)(1 << (noise % 8));
        return new(bytes);
    }

    private static List<Digest> FlipIn(IReadOnlyList<Digest> path, int noise)
    {
        var copy = path.ToList();
        copy[noise % copy.Count] = Flip(copy[noise % copy.Count], noise);
        return copy;
    }
}
