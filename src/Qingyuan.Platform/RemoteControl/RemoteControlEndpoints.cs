using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.RemoteControl;

internal static class RemoteControlEndpoints
{
    private const int MostParameters = 20;

    public sealed record AskBody(string? Command, Dictionary<string, string>? Parameters, string? Reason, Guid? WorkOrder);

    public static void Map(IEndpointRouteBuilder api)
    {
        var station = api.MapGroup("/stations/{mn}").WithTags("commands");
        station.MapGet("/operations", OperationsAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("Remote operations of the station: how each is written, and what stands against it now");
        station.MapGet("/commands", ListAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("Commands of the station, newest first");
        station.MapPost("/commands", AskAsync).RequireAuthorization(Policies.OperateStations).WithSummary("Ask for a remote operation; needs a fresh second factor");
        var commands = api.MapGroup("/commands").WithTags("commands");
        commands.MapGet("/{id:guid}", FindAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("One command with its steps");
        commands.MapPost("/{id:guid}/release", ReleaseAsync).RequireAuthorization(Policies.OperateStations).WithSummary("Let another person's command go out; needs a fresh second factor");
        commands.MapPost("/{id:guid}/cancel", CancelAsync).RequireAuthorization(Policies.OperateStations).WithSummary("Take a command back before it goes out");
    }

    private static async Task<Results<Ok<IReadOnlyList<OperationJson>>, ProblemHttpResult>> OperationsAsync(string mn, IRemoteControl remote, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        var operations = await remote.OperationsAsync(station.StationNo, ct);
        return TypedResults.Ok<IReadOnlyList<OperationJson>>([.. operations.Select(each => OperationJson.From(each, station))]);
    }

    private static async Task<Results<Ok<Page<CommandJson>>, ProblemHttpResult>> ListAsync(
        string mn, bool? open, int? limit, string? after, IRemoteControl remote, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (limit is < 1) return Problems.Field("limit", Faults.AtLeast(1));
        if (after is not null && !Guid.TryParse(after, out _)) return Problems.Field("after", Faults.Page);
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        var page = await remote.ListAsync(new(station.StationNo, open ?? false, limit ?? 100, after), current.StationScope, ct);
        return TypedResults.Ok(new Page<CommandJson>([.. page.Items.Select(each => CommandJson.From(each, stations))], page.Next));
    }

    private static async Task<Results<Created<CommandJson>, ProblemHttpResult>> AskAsync(
        string mn, AskBody body, IRemoteControl remote, ISecondFactor factor, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        if (body.Command is null) return Problems.Field("command", Faults.Missing);
        if (InputText.Fault(body.Command, 64) is { } command) return Problems.Field("command", command);
        if (InputText.Fault(body.Reason, 500) is { } reason) return Problems.Field("reason", reason);
        var parameters = body.Parameters ?? [];
        if (parameters.Count > MostParameters) return Problems.Field("parameters", Faults.AtMost(MostParameters));
        foreach (var (name, text) in parameters)
            if (text is null || InputText.Fault(text, 64) is not null) return Problems.Field(name, Faults.Text(64));
        if (!factor.IsFresh(current)) return SecondFactor();
        var asked = await remote.RequestAsync(new(station.StationNo, body.Command, parameters, body.Reason ?? "", body.WorkOrder), current.Actor, ct);
        return asked.TryGet(out var view, out var refusal) ? TypedResults.Created($"/api/v1/commands/{view.Id}", CommandJson.From(view, stations)) : Refused(refusal);
    }

    private static async Task<Results<Ok<CommandJson>, ProblemHttpResult>> FindAsync(Guid id, IRemoteControl remote, IStationDirectory stations, ICurrentActor current, CancellationToken ct) =>
        await FoundAsync(id, remote, current, ct) is { } view ? TypedResults.Ok(CommandJson.From(view, stations)) : Problems.NotFound("command.not-found");

    private static async Task<Results<Ok<CommandJson>, ProblemHttpResult>> ReleaseAsync(
        Guid id, IRemoteControl remote, ISecondFactor factor, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (await FoundAsync(id, remote, current, ct) is null) return Problems.NotFound("command.not-found");
        return factor.IsFresh(current) ? Answer(await remote.ReleaseAsync(id, current.Actor, ct), stations) : SecondFactor();
    }

    private static async Task<Results<Ok<CommandJson>, ProblemHttpResult>> CancelAsync(Guid id, IRemoteControl remote, IStationDirectory stations, ICurrentActor current, CancellationToken ct) =>
        await FoundAsync(id, remote, current, ct) is null ? Problems.NotFound("command.not-found") : Answer(await remote.CancelAsync(id, current.Actor, ct), stations);

    private static Results<Ok<CommandJson>, ProblemHttpResult> Answer(Result<CommandView> result, IStationDirectory stations) =>
        result.TryGet(out var view, out var refusal) ? TypedResults.Ok(CommandJson.From(view, stations)) : Refused(refusal);

    private static ProblemHttpResult SecondFactor() => Problems.Of(StatusCodes.Status403Forbidden, "command.second-factor-required");

    private static ProblemHttpResult Refused(Refusal refusal) => Problems.From(refusal, status: refusal.Code switch
    {
        "command.not-yours" or "command.not-yours-to-release" or "command.second-person-required" => StatusCodes.Status403Forbidden,
        _ => null,
    });

    private static async Task<CommandView?> FoundAsync(Guid id, IRemoteControl remote, ICurrentActor current, CancellationToken ct) =>
        await remote.FindAsync(id, ct) is { } view && current.StationScope?.Contains(view.StationNo) is not false ? view : null;
}
