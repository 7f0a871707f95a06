using System.Globalization;
using System.Text;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Platform.Evidence.Digesting;

/// <summary>One station's frames of one hour as a Merkle root per suite; a leaf is the SHA-256 of a frame's bytes as received.</summary>
internal sealed record StationDigest(int StationNo, string Site, long Frames, Digest Sha256, Digest Sm3)
{
    public static StationDigest Of(int stationNo, string site, IReadOnlyList<byte[]> frameSha256) => new(
        stationNo, site, frameSha256.Count, Root(HashSuite.Sha256, frameSha256), Root(HashSuite.Sm3, frameSha256));

    /// <summary>The bytes of this station's leaf in the hour's tree: site, number of frames and root, a line each.</summary>
    public byte[] LeafBytes(HashSuite suite) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Site}\n{Frames}\n{(ReferenceEquals(suite, HashSuite.Sm3) ? Sm3 : Sha256).ToBase64()}\n"));

    private static Digest Root(HashSuite suite, IReadOnlyList<byte[]> leaves) => MerkleTree.Root(suite, leaves.Select(leaf => suite.Leaf(leaf)));
}
