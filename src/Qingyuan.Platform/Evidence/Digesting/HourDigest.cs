using System.Globalization;
using System.Text.Json.Nodes;
using Qingyuan.Ledger.Merkle;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Evidence.Digesting;

/// <summary>The record of one received hour: the roots over its stations in order of station number.</summary>
internal static class HourDigest
{
    public static string Text(DateTimeOffset hour) => hour.ToOffset(StationClock.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    public static JsonObject Body(DateTimeOffset hour, string committer, IReadOnlyList<StationDigest> stations, long? supplements = null)
    {
        var body = Body(hour, committer, stations);
        // How many frames the record before it sealed, when this one takes its place.
        if (supplements is { } before) body["supplements"] = before.ToString(CultureInfo.InvariantCulture);
        return body;
    }

    private static JsonObject Body(DateTimeOffset hour, string committer, IReadOnlyList<StationDigest> stations) => new()
    {
        ["hour"] = Text(hour),
        ["committer"] = committer,
        ["stations"] = stations.Count.ToString(CultureInfo.InvariantCulture),
        ["frames"] = stations.Sum(station => station.Frames).ToString(CultureInfo.InvariantCulture),
        ["sha256"] = "b64:" + Root(HashSuite.Sha256, stations).ToBase64(),
        ["sm3"] = "b64:" + Root(HashSuite.Sm3, stations).ToBase64(),
    };

    public static Digest Root(HashSuite suite, IEnumerable<StationDigest> stations) => MerkleTree.Root(suite, stations.Select(station => suite.Leaf(station.LeafBytes(suite))));
}
