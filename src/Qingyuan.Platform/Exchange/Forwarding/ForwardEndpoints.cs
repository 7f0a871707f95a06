using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Forwarding;

internal static class ForwardEndpoints
{
    private const int MostStations = 10_000;
    private static readonly int[] UsualCommands = [2011, 2021, 2031, 2041, 2051, 2061, 2081];

    public sealed record StationBody(string? Mn, string? TargetMn, string? TargetPassword);

    /// <summary>A target to store under its name. A secret that is not given stays as it is.</summary>
    public sealed record TargetBody(
        string? Kind, string? Host, int? Port, bool? Tls, string? CertificateSha256, int? Edition, bool? ByteExact, bool? WantsReply, int? Window, int? GapMilliseconds, bool? NewFirst,
        IReadOnlyList<int>? Commands, string? Key, bool? Enabled, DateTimeOffset? From, IReadOnlyList<StationBody?>? Stations);

    public sealed record StationJson(string Mn, string? TargetMn);

    /// <summary>What is still to be delivered beside what comes now.</summary>
    public sealed record LaneJson(string Kind, int? Command, DateTimeOffset Since, DateTimeOffset? Through);

    public sealed record TargetJson(
        string Name, string Kind, string Host, int Port, bool Tls, string? CertificateSha256, int Edition, bool ByteExact, bool WantsReply, int Window, int GapMilliseconds, bool NewFirst, IReadOnlyList<int> Commands, bool HasKey,
        bool Enabled, IReadOnlyList<StationJson> Stations, ConsentView? Consent, string Phase, DateTimeOffset? Since, string? Trouble, long Delivered, long LeftOut, DateTimeOffset? DeliveredThrough, IReadOnlyList<LaneJson> Lanes)
    {
        public static TargetJson From(TargetView view) => new(
            view.Name, AlarmTexts.Code(view.Kind), view.Host, view.Port, view.Tls, view.CertificateSha256, view.Edition, view.ByteExact, view.WantsReply, view.Window, view.GapMilliseconds, view.NewFirst, view.Commands,
            view.HasKey, view.Enabled, [.. view.Stations.Select(each => new StationJson(each.Mn, each.TargetMn))],
            view.Consent is { } consent ? consent with { UploadedAt = consent.UploadedAt.ToOffset(StationClock.Offset) } : null,
            AlarmTexts.Code(view.Phase), view.Since?.ToOffset(StationClock.Offset), view.Trouble, view.Delivered, view.LeftOut, view.DeliveredThrough?.ToOffset(StationClock.Offset),
            [.. view.Lanes.Select(lane => new LaneJson(AlarmTexts.Code(lane.Kind), lane.Command, lane.Since.ToOffset(StationClock.Offset), lane.Through?.ToOffset(StationClock.Offset)))]);
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        var targets = api.MapGroup("/forward-targets").WithTags("exchange");
        targets.MapGet("/", ListAsync).RequireAuthorization(Policies.ManageStations).WithSummary("Further platforms and how forwarding to each stands; without secrets");
        targets.MapPut("/{name}", PutAsync).RequireAuthorization(Policies.ManageStations).WithSummary("Create or change a target of forwarding");
        targets.MapGet("/{name}/consent", ConsentAsync).RequireAuthorization(Policies.ManageStations).WithSummary("The newest written consent, as uploaded");
        targets.MapPost("/{name}/consent", UploadAsync).RequireAuthorization(Policies.ManageStations).WithSummary("Upload the written consent of a government platform's owner");
    }

    private static async Task<Ok<Page<TargetJson>>> ListAsync(IForwarding forwarding, CancellationToken ct) => TypedResults.Ok(new Page<TargetJson>([.. (await forwarding.ListAsync(ct)).Select(TargetJson.From)], null));

    private static async Task<Results<Ok<TargetJson>, ProblemHttpResult>> PutAsync(string name, TargetBody body, IForwarding forwarding, ICurrentActor current, CancellationToken ct)
    {
        if (!Enum.TryParse<TargetKind>(body.Kind ?? "", ignoreCase: true, out var kind) || !Enum.IsDefined(kind)) return Problems.Field("kind", Faults.OneOf("enterprise", "park", "government"));
        if (body.Stations?.Count > MostStations) return Problems.Field("stations", Faults.AtMost(MostStations));
        if (body.Stations?.Any(each => each?.Mn is null) is true) return Problems.Field("stations", new Fault(ExchangeTexts.All, "each-mn"));
        var draft = new TargetDraft(
            name, kind, body.Host ?? "", body.Port ?? 0, body.Tls ?? false, body.CertificateSha256, body.Edition ?? 2017, body.ByteExact ?? false, body.WantsReply ?? true, body.Window ?? 8, body.GapMilliseconds ?? 0, body.NewFirst ?? body is { Edition: 2025, ByteExact: not true },
            body.Commands ?? UsualCommands, body.Key, body.Enabled ?? true, body.From, [.. (body.Stations ?? []).Select(each => new ForwardedStation(each!.Mn!, each.TargetMn, each.TargetPassword))]);
        return Answer(await forwarding.SaveAsync(draft, current.Actor, ct));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ConsentAsync(string name, IForwarding forwarding, CancellationToken ct) =>
        await forwarding.ConsentAsync(name, ct) is var (view, content) ? TypedResults.File(content, "application/octet-stream", view.FileName) : Problems.NotFound("forward.not-found");

    private static async Task<Results<Ok<TargetJson>, ProblemHttpResult>> UploadAsync(string name, string? fileName, HttpRequest request, IForwarding forwarding, ICurrentActor current, CancellationToken ct)
    {
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, ct); // the server's own limit bounds it
        return Answer(await forwarding.ConsentAsync(name, fileName ?? "", content.GetBuffer().AsMemory(0, (int)content.Length), current.Actor, ct));
    }

    private static Results<Ok<TargetJson>, ProblemHttpResult> Answer(Result<TargetView> result) => result.TryGet(out var view, out var refusal)
        ? TypedResults.Ok(TargetJson.From(view))
        : refusal.Code is "forward.not-found" ? Problems.NotFound(refusal.Code) : Problems.From(refusal);
}
