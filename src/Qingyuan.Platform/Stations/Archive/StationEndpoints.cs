using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Archive.Importing;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Stations.Archive;

internal static class StationEndpoints
{
    private const int UsualLimit = 100;
    private const int HighestLimit = 1000;

    private static readonly Dictionary<string, StationUse> States = new(StringComparer.Ordinal) { ["in-use"] = StationUse.InUse, ["out-of-use"] = StationUse.Retired, ["all"] = StationUse.All };

    public static void Map(IEndpointRouteBuilder api)
    {
        var stations = api.MapGroup("/stations").WithTags("stations");
        stations.MapGet("/", List).RequireAuthorization(Policies.ReadBusiness).WithSummary("Stations in the caller's sight, by MN; state in-use (when it is not said), out-of-use or all");
        stations.MapPost("/", AddAsync).RequireAuthorization(Policies.ManageStations).WithSummary("File a station; an equal one already filed is answered with 200");
        stations.MapGet("/{mn}", Find).RequireAuthorization(Policies.ReadBusiness).WithSummary("One station's archive");
        stations.MapPut("/{mn}", ChangeAsync).RequireAuthorization(Policies.ManageStations).WithSummary("Replace what is filed; without a password the old one stays");
        stations.MapPost("/{mn}/retire", RetireAsync).RequireAuthorization(Policies.ManageStations).WithSummary("Take a station out of use, with a reason; what it reported stays");
        stations.MapPost("/{mn}/reinstate", ReinstateAsync).RequireAuthorization(Policies.ManageStations).WithSummary("Take a station back into use, with a reason");
        StationImportEndpoints.Map(stations);
    }

    private static Results<Ok<Page<StationJson>>, ProblemHttpResult> List(IStationDirectory directory, ICurrentActor current, string? state, int? limit, string? after)
    {
        if (limit is < 1) return Problems.Field("limit", Faults.AtLeast(1));
        var use = StationUse.InUse;
        if (state is not null && !States.TryGetValue(state, out use)) return Problems.Field("state", Faults.OneOf([.. States.Keys]));
        var take = Math.Min(limit ?? UsualLimit, HighestLimit);
        var found = directory.Showing(use)
            .Where(station => current.StationScope?.Contains(station.StationNo) ?? true)
            .OrderBy(station => station.Mn, StringComparer.Ordinal)
            .SkipWhile(station => after is not null && string.CompareOrdinal(station.Mn, after) <= 0)
            .Take(take + 1).Select(StationJson.From).ToArray();
        return TypedResults.Ok(new Page<StationJson>(found[..Math.Min(take, found.Length)], found.Length > take ? found[take - 1].Mn : null));
    }

    private static Results<Ok<StationJson>, ProblemHttpResult> Find(string mn, IStationDirectory directory, ICurrentActor current) =>
        directory.FindFor(current, mn) is { } station ? TypedResults.Ok(StationJson.From(station)) : Problems.NotFound("station.not-found");

    private static async Task<Results<Created<StationJson>, Ok<StationJson>, ProblemHttpResult>> AddAsync(
        StationBody body, IStationArchive archive, IStationDirectory directory, ICurrentActor current, CancellationToken ct)
    {
        if (body.Missing(passwordNeeded: true) is { } field) return Problems.Field(field, Faults.Missing);
        var known = directory.FindAccess(body.Mn) is not null;
        var result = await archive.AddAsync(body.ToDraft(), current.Actor, ct);
        if (!result.TryGet(out var station, out var refusal)) return Problems.From(refusal);
        return known ? TypedResults.Ok(StationJson.From(station)) : TypedResults.Created($"/api/v1/stations/{station.Mn}", StationJson.From(station));
    }

    private static async Task<Results<Ok<StationJson>, ProblemHttpResult>> ChangeAsync(
        string mn, StationBody body, IStationArchive archive, IStationDirectory directory, ICurrentActor current, CancellationToken ct)
    {
        if (directory.FindFor(current, mn) is not { } known) return Problems.NotFound("station.not-found");
        var named = body.Mn is null ? body with { Mn = mn } : body;
        if (named.Missing(passwordNeeded: false) is { } field) return Problems.Field(field, Faults.Missing);
        var result = await archive.ChangeAsync(known.StationNo, named.ToDraft(), current.Actor, ct);
        return result.TryGet(out var station, out var refusal) ? TypedResults.Ok(StationJson.From(station)) : Problems.From(refusal);
    }

    private static Task<Results<Ok<StationJson>, ProblemHttpResult>> RetireAsync(
        string mn, ReasonBody body, IStationRetirement retirement, IStationDirectory directory, ICurrentActor current, CancellationToken ct) =>
        OnAsync(directory.FindFor(current, mn), station => retirement.RetireAsync(station.StationNo, body.Reason, current.Actor, ct));

    private static Task<Results<Ok<StationJson>, ProblemHttpResult>> ReinstateAsync(
        string mn, ReasonBody body, IStationRetirement retirement, IStationDirectory directory, ICurrentActor current, CancellationToken ct) =>
        OnAsync(directory.FindFor(current, mn), station => retirement.ReinstateAsync(station.StationNo, body.Reason, current.Actor, ct));

    private static async Task<Results<Ok<StationJson>, ProblemHttpResult>> OnAsync(StationInfo? station, Func<StationInfo, Task<Result<StationInfo>>> act)
    {
        if (station is null) return Problems.NotFound("station.not-found");
        return (await act(station)).TryGet(out var after, out var refusal) ? TypedResults.Ok(StationJson.From(after)) : Problems.From(refusal);
    }
}
