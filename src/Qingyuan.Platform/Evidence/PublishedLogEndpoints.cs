using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Ledger.Layout;
using Qingyuan.Ledger.Merkle;
using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Evidence.Logging;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Http;

namespace Qingyuan.Platform.Evidence;

/// <summary>The log as other organisations read it, at the root: C2SP checkpoint and tiles of both suites, each under the hash of its origin line.</summary>
/// <remarks>Entry bundles hold whole records, so they are for those who may see all stations.</remarks>
internal static class PublishedLogEndpoints
{
    private const string Unknown = "ledger.unknown-origin";
    private const string NoTile = "ledger.no-such-tile";

    public static void Map(IEndpointRouteBuilder root)
    {
        var log = root.MapGroup("/ledger/v1/{originHash}").WithTags("ledger").RequireAuthorization(Policies.ReadLedger);
        log.MapGet("/checkpoint", Checkpoint).WithSummary("The newest signed checkpoint");
        log.MapGet("/tile/{**path}", Tile).WithSummary("A tile of hashes, or an entry bundle");
        log.MapPost("/append", NotBuilt).WithSummary("Mirroring, not built yet: answers 501");
        log.MapPost("/witness", NotBuilt).WithSummary("Witnessing, not built yet: answers 501");
    }

    private static Results<FileContentHttpResult, ProblemHttpResult> Checkpoint(string originHash, ILogDisk disk, EvidenceKeys keys, HttpResponse response)
    {
        if (Suite(originHash, keys) is not { } suite || new LogReader(disk).CheckpointBytes(suite) is not { } bytes) return Problems.NotFound(Unknown);
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(bytes, "text/plain; charset=utf-8");
    }

    private static Results<FileContentHttpResult, ProblemHttpResult> Tile(
        string originHash, string path, ILogDisk disk, EvidenceKeys keys, ICurrentActor current, HttpResponse response)
    {
        if (Suite(originHash, keys) is not { } suite) return Problems.NotFound(Unknown);
        if (!TileAddress.TryParse(path, out var address)) return Problems.NotFound(NoTile);
        if (address.Level == TileAddress.Entries && current.StationScope is not null) return Problems.NotFound(NoTile);
        var reader = new LogReader(disk);
        // Never beyond the checkpoint: a tile written before its checkpoint is not published yet.
        if (reader.Checkpoint(suite) is not { } newest || !IsCovered(address, newest.Checkpoint.Size)) return Problems.NotFound(NoTile);
        if (reader.Tile(suite, address) is not { } bytes) return Problems.NotFound(NoTile);
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.Bytes(bytes, "application/octet-stream");
    }

    private static ProblemHttpResult NotBuilt(string originHash) => TypedResults.Problem(
        statusCode: StatusCodes.Status501NotImplemented, type: "ledger.mirroring-not-built", title: "This node neither mirrors nor witnesses other logs yet.");

    private static bool IsCovered(TileAddress address, long size)
    {
        var level = Math.Max(address.Level, 0);
        return level < 8 && (address.Index * TileAddress.FullWidth) + address.Width <= size >> (8 * level);
    }

    private static HashSuite? Suite(string originHash, EvidenceKeys keys) =>
        HashSuite.All.FirstOrDefault(suite => LogOrigin.PathHash(LogOrigin.Of(keys.Origin, suite)) == originHash);
}
