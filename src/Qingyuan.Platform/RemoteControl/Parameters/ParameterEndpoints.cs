using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.RemoteControl.Parameters;

internal static class ParameterEndpoints
{
    /// <param name="Value">Null withdraws the filing.</param>
    public sealed record FileBody(string? Factor, string? Code, string? Value, string? Note);

    public sealed record ParameterJson(string Factor, string Code, string Name, string? Unit, string? Filed, string? Actual, string Verdict, string? FiledBy, DateTimeOffset? FiledAt)
    {
        public static ParameterJson Of(StationParameter view) => new(
            view.Factor, view.Code, InformationWords.Name(view.Code), InformationWords.Unit(view.Code), view.Filed, view.Actual, AlarmTexts.Code(view.Verdict), view.FiledBy, view.FiledAt?.ToOffset(StationClock.Offset));
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        var parameters = api.MapGroup("/stations/{mn}/parameters").WithTags("commands");
        parameters.MapGet("/", ListAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("Filed parameters of the analysers beside what the devices say");
        parameters.MapPut("/", FileAsync).RequireAuthorization(Policies.OperateStations).WithSummary("File a parameter, or withdraw it; nothing is written to a device");
    }

    private static async Task<Results<Ok<IReadOnlyList<ParameterJson>>, ProblemHttpResult>> ListAsync(string mn, IStationParameters parameters, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        return TypedResults.Ok<IReadOnlyList<ParameterJson>>([.. (await parameters.ListAsync(station.StationNo, ct)).Select(ParameterJson.Of)]);
    }

    private static async Task<Results<Ok<ParameterJson>, ProblemHttpResult>> FileAsync(string mn, FileBody body, IStationParameters parameters, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        var filed = await parameters.FileAsync(station.StationNo, body.Factor ?? "", body.Code ?? "", body.Value, body.Note ?? "", current.Actor, ct);
        return filed.TryGet(out var view, out var refusal) ? TypedResults.Ok(ParameterJson.Of(view)) : Problems.From(refusal, status: refusal.Code is "command.not-yours" ? StatusCodes.Status403Forbidden : null);
    }
}
