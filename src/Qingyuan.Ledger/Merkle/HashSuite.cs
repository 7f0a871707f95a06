using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace Qingyuan.Ledger.Merkle;

/// <summary>The hash of one tree: leaf = H(0x00 || envelope), node = H(0x01 || left || right), empty = H("") (RFC 6962, RFC 9162).</summary>
/// <remarks>Threads may share a suite. The two suites stand over the same leaves as two separate trees; neither root is derived from the other.</remarks>
public abstract class HashSuite
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    private HashSuite(string name) => Name = name;

    /// <summary><c>std</c>: SHA-256, interoperates with C2SP tools.</summary>
    public static HashSuite Sha256 { get; } = new Sha256Suite();

    /// <summary><c>sm</c>: SM3 (国密).</summary>
    public static HashSuite Sm3 { get; } = new Sm3Suite();

    /// <summary>Both, <c>std</c> first.</summary>
    public static IReadOnlyList<HashSuite> All { get; } = [Sha256, Sm3];

    /// <summary><c>std</c> or <c>sm</c>.</summary>
    public string Name { get; }

    /// <summary>Root of the tree without leaves.</summary>
    public Digest Empty => Hash([]);

    /// <summary>Hash of a leaf.</summary>
    public Digest Leaf(ReadOnlySpan<byte> envelope)
    {
        var input = new byte[envelope.Length + 1];
        input[0] = LeafPrefix;
        envelope.CopyTo(input.AsSpan(1));
        return Hash(input);
    }

    /// <summary>Hash of an inner node.</summary>
    public Digest Node(Digest left, Digest right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Digest.Size)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Digest.Size)..]);
        return Hash(input);
    }

    /// <summary>The plain hash, without a prefix.</summary>
    public abstract Digest Hash(ReadOnlySpan<byte> data);

    private sealed class Sha256Suite() : HashSuite("std")
    {
        public override Digest Hash(ReadOnlySpan<byte> data)
        {
            Span<byte> hash = stackalloc byte[Digest.Size];
            SHA256.HashData(data, hash);
            return new(hash);
        }
    }

    private sealed class Sm3Suite() : HashSuite("sm")
    {
        public override Digest Hash(ReadOnlySpan<byte> data)
        {
            var sm3 = new SM3Digest();
            sm3.BlockUpdate(data);
            Span<byte> hash = stackalloc byte[Digest.Size];
            sm3.DoFinal(hash);
            return new(hash);
        }
    }
}
