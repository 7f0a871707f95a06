using System.Globalization;
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

namespace Qingyuan.Platform.RemoteControl.Automatic;

internal static class AuthorisationEndpoints
{
    private static readonly Fault NotTimeOfDay = new(RemoteControlTexts.All, "time-of-day");

    /// <param name="From">Time of day.</param>
    /// <param name="To">Time of day.</param>
    public sealed record GiveBody(
        string? Rule, string? Operation, Dictionary<string, string>? Parameters, int? TimesPerDay, string? From, string? To, string? ValidFrom, string? ValidTo, string? DailyAt, string? Reason);

    public sealed record AuthorisationJson(
        Guid Id, string Rule, string Operation, IReadOnlyDictionary<string, string> Parameters, int TimesPerDay, string From, string To, DateTimeOffset ValidFrom, DateTimeOffset ValidTo, string? DailyAt, string Reason,
        string GivenBy, DateTimeOffset GivenAt, string? RevokedBy, DateTimeOffset? RevokedAt, int StartedToday)
    {
        public static AuthorisationJson Of(AuthorisationView view) => new(
            view.Id, view.Rule, view.Operation, view.Parameters, view.TimesPerDay, Text(view.From), Text(view.To), StationClock.Instant(view.ValidFrom), StationClock.Instant(view.ValidTo),
            view.DailyAt is { } at ? Text(at) : null, view.Reason, view.GivenBy, view.GivenAt.ToOffset(StationClock.Offset), view.RevokedBy, view.RevokedAt?.ToOffset(StationClock.Offset), view.StartedToday);

        private static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        var given = api.MapGroup("/stations/{mn}/authorisations").WithTags("commands");
        given.MapGet("/", ListAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("What rules and schedules may start at the station by themselves, and who gave leave");
        given.MapPost("/", GiveAsync).RequireAuthorization(Policies.OperateStations).WithSummary("Authorise a rule or a schedule; needs a fresh second factor");
        given.MapPost("/{id:guid}/revoke", RevokeAsync).RequireAuthorization(Policies.OperateStations).WithSummary("Take an authorisation back");
    }

    private static async Task<Results<Ok<IReadOnlyList<AuthorisationJson>>, ProblemHttpResult>> ListAsync(string mn, IAuthorisations book, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        return TypedResults.Ok<IReadOnlyList<AuthorisationJson>>([.. (await book.ListAsync(station.StationNo, ct)).Select(AuthorisationJson.Of)]);
    }

    private static async Task<Results<Created<AuthorisationJson>, ProblemHttpResult>> GiveAsync(
        string mn, GiveBody body, IAuthorisations book, ISecondFactor factor, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (stations.FindFor(current, mn) is not { } station) return Problems.NotFound("station.not-found");
        if (!TryTime(body.From, out var from)) return Problems.Field("from", NotTimeOfDay);
        if (!TryTime(body.To, out var to)) return Problems.Field("to", NotTimeOfDay);
        TimeOnly? daily = null;
        if (body.DailyAt is not null)
        {
            if (!TryTime(body.DailyAt, out var at)) return Problems.Field("dailyAt", NotTimeOfDay);
            daily = at;
        }

        if (!QueryTime.TryParse(body.ValidFrom, out var validFrom) || validFrom is null) return Problems.Field("validFrom", Faults.Time);
        if (!QueryTime.TryParse(body.ValidTo, out var validTo) || validTo is null) return Problems.Field("validTo", Faults.Time);
        if (body.Parameters?.Any(each => each.Value is null || InputText.Fault(each.Value, 64) is not null) is true) return Problems.Field("parameters", Faults.Text(64));
        if (!factor.IsFresh(current)) return Problems.Of(StatusCodes.Status403Forbidden, "command.second-factor-required");
        var draft = new AuthorisationDraft(
            station.StationNo, body.Rule ?? "", body.Operation ?? "", body.Parameters ?? [], body.TimesPerDay ?? 1, from, to, StationClock.Wall(validFrom.Value), StationClock.Wall(validTo.Value), daily, body.Reason ?? "");
        var given = await book.GiveAsync(draft, current.Actor, ct);
        return given.TryGet(out var view, out var refusal) ? TypedResults.Created($"/api/v1/stations/{mn}/authorisations/{view.Id}", AuthorisationJson.Of(view)) : Refused(refusal);
    }

    private static async Task<Results<Ok<AuthorisationJson>, ProblemHttpResult>> RevokeAsync(string mn, Guid id, IAuthorisations book, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (stations.FindFor(current, mn) is not { } station || (await book.ListAsync(station.StationNo, ct)).All(each => each.Id != id)) return Problems.NotFound("authorisation.not-found");
        return (await book.RevokeAsync(id, current.Actor, ct)).TryGet(out var view, out var refusal) ? TypedResults.Ok(AuthorisationJson.Of(view)) : Refused(refusal);
    }

    private static bool TryTime(string? text, out TimeOnly time) => TimeOnly.TryParseExact(text ?? "", ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static ProblemHttpResult Refused(Refusal refusal) => Problems.From(refusal, status: refusal.Code switch
    {
        "command.not-yours" => StatusCodes.Status403Forbidden,
        "authorisation.not-found" => StatusCodes.Status404NotFound,
        _ => null,
    });
}
