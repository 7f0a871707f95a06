using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Diagnosis.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Diagnosis;

/// <summary>A finding as the API writes it: times with +08:00, the kind in kebab case, the sentence in the reader's language.</summary>
internal sealed record FindingJson(
    string Id, string Kind, string? Mn, string? Station, bool Sample, IReadOnlyList<string> Factors, DateTimeOffset From, DateTimeOffset? To, string State, string Text, Guid? AlarmId, IReadOnlyList<string> Frames)
{
    public static FindingJson Of(FindingView view, IStationDirectory stations)
    {
        var station = stations.Get(view.StationNo);
        return new(
            view.Id, AlarmTexts.Code(view.Kind), station?.Mn, station?.Name, station?.IsSample ?? false, view.Factors, StationClock.Instant(view.From), view.To is { } to ? StationClock.Instant(to) : null,
            view.To is null ? "open" : "ended", FindingTexts.Sentence(view), view.AlarmId, view.Frames);
    }
}

internal static class FindingEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(92);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/findings", ListAsync).RequireAuthorization(Policies.ReadBusiness).WithTags("findings").WithSummary("What does not fit together, newest first; the last seven days without a time, 92 days at most");

    private static async Task<Results<Ok<Page<FindingJson>>, ProblemHttpResult>> ListAsync(
        IFindings findings, IStationDirectory stations, ICurrentActor current, TimeProvider clock, string? mn, string? kind, string? from, string? to, int? limit, string? after, CancellationToken ct)
    {
        if (!QueryTime.TryParse(from, out var since)) return Problems.Field("from", Faults.Time);
        if (!QueryTime.TryParse(to, out var until)) return Problems.Field("to", Faults.Time);
        if (limit is < 1) return Problems.Field("limit", Faults.AtLeast(1));
        if (after is not null && !FindingList.IsPlace(after)) return Problems.Field("after", Faults.Page);
        var wanted = Enum.GetValues<FindingKind>().Where(each => AlarmTexts.Code(each) == kind).ToList();
        if (kind is not null && wanted.Count is 0) return Problems.Field("kind", Faults.OneOf(Enum.GetValues<FindingKind>().Select(AlarmTexts.Code)));
        // A logger's clock may run ahead: what it says of the coming day is shown too.
        var end = until ?? clock.GetUtcNow().AddDays(1);
        var begin = since ?? end - Usual;
        if (begin >= end) return Problems.Field("from", new Fault(FindingTexts.All, "before-to"));
        if (end - begin > Longest) return Problems.Field("from", new Fault(FindingTexts.All, "window", Longest.Days));
        var station = mn is null ? null : stations.Find(mn);
        if (mn is not null && station is null) return TypedResults.Ok(new Page<FindingJson>([], null));
        var page = await findings.ListAsync(
            new(StationClock.Wall(begin), StationClock.Wall(end), station?.StationNo, kind is null ? null : wanted[0], limit ?? 100, after), current.StationScope, ct);
        return TypedResults.Ok(new Page<FindingJson>([.. page.Items.Select(each => FindingJson.Of(each, stations))], page.Next));
    }
}
