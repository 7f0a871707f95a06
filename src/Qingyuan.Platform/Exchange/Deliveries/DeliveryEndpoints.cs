using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Rules.Exchange;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Exchange.Deliveries;

internal static class DeliveryEndpoints
{
    private const string OneZone = "+08:00";

    /// <summary>A delivery to store under its name. A secret that is not given stays as it is.</summary>
    public sealed record DeliveryBody(
        string? Recipient, string? Organisation, string? Kind, string? Purpose, string? Choice, IReadOnlyList<string?>? Stations, string? Discharger, IReadOnlyList<string?>? Factors, IReadOnlyList<string?>? Data, string? Form,
        string? Every, string? At, int? Day, string? TimeZone, string? HandOver, string? Folder, string? Address, string? CertificateSha256, string? Secret, string? From, bool? Enabled);

    /// <summary>Folder and address are for those who may change the policy only.</summary>
    public sealed record RuleJson(
        string Recipient, string Organisation, string Kind, string? Purpose, string Choice, IReadOnlyList<string> Stations, string? Discharger, IReadOnlyList<string> Factors, IReadOnlyList<string> Data, string Form,
        string Every, string At, int? Day, string TimeZone, string HandOver, string? Folder, string? Address, string? CertificateSha256, bool Enabled);

    public sealed record RunJson(
        Guid Id, int Version, DateTimeOffset From, DateTimeOffset To, int Revision, string State, long Rows, long Bytes, string? Sha256, string? FileName, int Attempts, DateTimeOffset StartedAt, DateTimeOffset? DeliveredAt,
        DateTimeOffset? FetchedAt, string? FetchedBy, DateTimeOffset? NextTryAt, string? Error);

    public sealed record DeliveryJson(
        string Name, int Version, RuleJson Rule, bool HasSecret, string ChangedBy, DateTimeOffset ChangedAt, DateTimeOffset NextFrom, DateTimeOffset NextTo, DateTimeOffset NextDue, RunJson? Last, RunJson? Failing);

    public sealed record VersionJson(int Version, RuleJson Rule, string By, DateTimeOffset At);

    /// <summary>One rule of the policy, in words.</summary>
    public sealed record PolicyJson(
        string Name, string Recipient, string Kind, string Purpose, string Stations, string Data, string Form, string Interval, string HandOver, string State, int? Version, string? ChangedBy, DateTimeOffset? ChangedAt);

    public static void Map(IEndpointRouteBuilder api)
    {
        var exchange = api.MapGroup("/exchange").WithTags("exchange");
        exchange.MapGet("/policy", PolicyAsync).RequireAuthorization(Policies.ManageStations).WithSummary("The exchange policy as one table: forwarding targets and deliveries; format json, csv or xlsx");
        var deliveries = exchange.MapGroup("/deliveries");
        deliveries.MapGet("/", ListAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("Deliveries and how each stands; recipients see their organisation's own");
        deliveries.MapPut("/{name}", PutAsync).RequireAuthorization(Policies.ManageStations).WithSummary("Create or change a delivery; each change is a new version");
        deliveries.MapGet("/{name}/versions", VersionsAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("A delivery as it was, newest first");
        deliveries.MapGet("/{name}/runs", RunsAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("Periods of a delivery with what became of them, newest first");
        deliveries.MapGet("/{name}/runs/{run:guid}/file", FileAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("The file of a run, byte for byte as it was prepared");
    }

    private static async Task<Results<Ok<Page<PolicyJson>>, FileStreamHttpResult, ProblemHttpResult>> PolicyAsync(string? format, IExchangePolicy policy, CancellationToken ct)
    {
        if (format is "csv" or "xlsx") return TypedResults.File(await policy.FileAsync(format, ct), TableFiles.Type(format), $"qingyuan-exchange-policy.{format}");
        if (format is not (null or "json")) return Problems.Field("format", Faults.OneOf("json", "csv", "xlsx"));
        return TypedResults.Ok(new Page<PolicyJson>(
            [.. (await policy.RulesAsync(ct)).Select(rule => new PolicyJson(
                rule.Name, rule.Recipient, rule.Kind, rule.Purpose, rule.Stations, rule.Data, rule.Form, rule.Interval, rule.HandOver, rule.State, rule.Version, rule.ChangedBy, rule.ChangedAt?.ToOffset(StationClock.Offset)))], null));
    }

    private static async Task<Ok<Page<DeliveryJson>>> ListAsync(IDeliveries deliveries, ICurrentActor current, CancellationToken ct) =>
        TypedResults.Ok(new Page<DeliveryJson>([.. (await deliveries.ListAsync(current.DeliverySight(), ct)).Select(view => Json(view, current))], null));

    private static async Task<Results<Ok<DeliveryJson>, ProblemHttpResult>> PutAsync(string name, DeliveryBody body, IDeliveries deliveries, ICurrentActor current, CancellationToken ct)
    {
        if (!Understand(name, body).TryGet(out var draft, out var wrong)) return Problems.From(wrong);
        return (await deliveries.SaveAsync(draft, current.Actor, ct)).TryGet(out var view, out var refusal) ? TypedResults.Ok(Json(view, current)) : Problems.From(refusal);
    }

    private static async Task<Results<Ok<Page<VersionJson>>, ProblemHttpResult>> VersionsAsync(string name, IDeliveries deliveries, ICurrentActor current, CancellationToken ct) =>
        await deliveries.VersionsAsync(name, current.DeliverySight(), ct) is { } versions
            ? TypedResults.Ok(new Page<VersionJson>([.. versions.Select(version => new VersionJson(version.Version, Json(version.Rule, current), version.By, version.At.ToOffset(StationClock.Offset)))], null))
            : Problems.NotFound("delivery.not-found");

    private static async Task<Results<Ok<Page<RunJson>>, ProblemHttpResult>> RunsAsync(string name, int? limit, Guid? after, IDeliveries deliveries, ICurrentActor current, CancellationToken ct)
    {
        if (limit is < 1) return Problems.Field("limit", Faults.AtLeast(1));
        return await deliveries.RunsAsync(name, current.DeliverySight(), limit ?? 100, after, ct) is { } page
            ? TypedResults.Ok(new Page<RunJson>([.. page.Items.Select(run => Json(run, current))], page.Next))
            : Problems.NotFound("delivery.not-found");
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> FileAsync(string name, Guid run, IDeliveries deliveries, ICurrentActor current, CancellationToken ct) =>
        await deliveries.FileAsync(name, run, current.DeliverySight(), current.Actor, ct) is var (content, fileName, type) ? TypedResults.File(content, type, fileName) : Problems.NotFound("delivery.not-found");

    private static Result<DeliveryDraft> Understand(string name, DeliveryBody body)
    {
        if (!Word<RecipientKind>("kind", body.Kind).TryGet(out var kind, out var wrong)) return wrong;
        if (!Word<StationChoice>("choice", body.Choice ?? "listed").TryGet(out var choice, out wrong)) return wrong;
        if (!Word<DeliveryForm>("form", body.Form).TryGet(out var form, out wrong)) return wrong;
        if (!Word<DeliveryInterval>("every", body.Every).TryGet(out var every, out wrong)) return wrong;
        if (!Word<HandOver>("handOver", body.HandOver ?? "kept").TryGet(out var handOver, out wrong)) return wrong;
        if (body.TimeZone is not (null or OneZone)) return new Refusal("delivery.time-zone-invalid", "timeZone");
        if (!TimeOnly.TryParseExact(body.At, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)) return new Refusal("delivery.at-invalid", "at");
        if (!QueryTime.TryParse(body.From, out var from)) return new FieldFault("from", Faults.Time);
        var data = new List<DeliveryData>();
        foreach (var each in body.Data ?? [])
        {
            if (!Word<DeliveryData>("data", each).TryGet(out var word, out wrong)) return wrong;
            data.Add(word);
        }

        return new DeliveryDraft(
            name,
            new(
                body.Recipient ?? "", body.Organisation ?? "", kind, body.Purpose, choice, [.. (body.Stations ?? []).Select(mn => mn ?? "")], body.Discharger, [.. (body.Factors ?? []).Select(code => code ?? "")], data, form, every,
                at, body.Day, handOver, body.Folder, body.Address, body.CertificateSha256, body.Enabled ?? true),
            body.Secret, from);
    }

    private static Result<T> Word<T>(string field, string? text)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (AlarmTexts.Code(value) == text) return value;
        return new FieldFault(field, Faults.OneOf(Enum.GetValues<T>().Select(AlarmTexts.Code)));
    }

    private static DeliveryJson Json(DeliveryView view, ICurrentActor current) => new(
        view.Name, view.Version, Json(view.Rule, current), view.HasSecret, view.ChangedBy, view.ChangedAt.ToOffset(StationClock.Offset), StationClock.Instant(view.NextFrom), StationClock.Instant(view.NextTo),
        StationClock.Instant(view.NextDue), view.Last is { } last ? Json(last, current) : null, view.Failing is { } failing ? Json(failing, current) : null);

    private static RuleJson Json(DeliveryRule rule, ICurrentActor current)
    {
        var mayChange = current.Actor.Role is Roles.Dispatcher;
        return new(
            rule.Recipient, rule.Organisation, AlarmTexts.Code(rule.Kind), rule.Purpose, AlarmTexts.Code(rule.Choice), rule.Stations, rule.Discharger, rule.Factors, [.. rule.Data.Select(AlarmTexts.Code)], AlarmTexts.Code(rule.Form),
            AlarmTexts.Code(rule.Every), rule.At.ToString("HH:mm", CultureInfo.InvariantCulture), rule.Day, OneZone, AlarmTexts.Code(rule.HandOver), mayChange ? rule.Folder : null, mayChange ? rule.Address : null,
            mayChange ? rule.CertificateSha256 : null, rule.Enabled);
    }

    // What a folder or an address said is for those who may see them.
    private static RunJson Json(DeliveryRunView run, ICurrentActor current) => new(
        run.Id, run.Version, StationClock.Instant(run.From), StationClock.Instant(run.To), run.Revision, AlarmTexts.Code(run.State), run.Rows, run.Bytes, run.Sha256, run.FileName, run.Attempts,
        run.StartedAt.ToOffset(StationClock.Offset), run.DeliveredAt?.ToOffset(StationClock.Offset), run.FetchedAt?.ToOffset(StationClock.Offset), run.FetchedBy, run.NextTryAt?.ToOffset(StationClock.Offset), current.StationScope is null ? run.Error : null);
}
