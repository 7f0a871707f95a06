using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Operations.WorkOrders;

internal static class WorkOrderEndpoints
{
    private const int MostFields = 50;
    private const int LongestName = 64;
    private const int LongestTitle = 200;
    private const int LongestTechnician = 128;

    /// <summary>Each act with the policy it stands under; the rules then judge the person.</summary>
    private static readonly (string Act, string Policy)[] Acts =
    [
        ("accept", Policies.WorkOrders), ("arrive", Policies.WorkOrders), ("diagnose", Policies.WorkOrders), ("repair", Policies.WorkOrders),
        ("test", Policies.WorkOrders), ("submit", Policies.WorkOrders), ("review", Policies.ReviewOrders), ("reject", Policies.ReviewOrders),
        ("close", Policies.ReviewOrders), ("reassign", Policies.DispatchOrders), ("cancel", Policies.DispatchOrders),
    ];

    public sealed record OpenBody(string? Mn, string? Kind, string? Title, string? Technician);

    public static void Map(IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/work-orders").WithTags("work-orders");
        orders.MapGet("/", ListAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("Work orders, newest first");
        orders.MapGet("/{id:guid}", FindAsync).RequireAuthorization(Policies.ReadBusiness).WithSummary("One order with its steps and fault clocks");
        orders.MapPost("/", OpenAsync).RequireAuthorization(Policies.DispatchOrders).WithSummary("Open an order");
        foreach (var (act, policy) in Acts)
            orders.MapPost($"/{{id:guid}}/{act}", (Guid id, Dictionary<string, JsonElement>? fields, IWorkOrders book, IStationDirectory stations, ICurrentActor current, CancellationToken ct) => ActAsync(id, act, fields, book, stations, current, ct))
                .RequireAuthorization(policy).WithSummary($"Step \"{act}\"; the body is one flat object of texts");
        api.MapGet("/tasks", TasksAsync).RequireAuthorization(Policies.WorkOrders).WithTags("work-orders").WithSummary("My open orders");
    }

    private static async Task<Results<Ok<Page<WorkOrderJson>>, ProblemHttpResult>> ListAsync(
        IWorkOrders book, IStationDirectory stations, ICurrentActor current, string? mn, string? technician, bool? open, int? limit, string? after, CancellationToken ct)
    {
        if (limit is < 1) return Problems.Field("limit", Faults.AtLeast(1));
        if (after is not null && !Guid.TryParse(after, out _)) return Problems.Field("after", Faults.Page);
        var station = mn is null ? null : stations.Find(mn);
        if (mn is not null && station is null) return TypedResults.Ok(new Page<WorkOrderJson>([], null));
        var page = await book.ListAsync(new(station?.StationNo, technician, open ?? false, limit ?? 100, after), current.StationScope, ct);
        return TypedResults.Ok(Json(page, stations));
    }

    private static async Task<Results<Ok<WorkOrderJson>, ProblemHttpResult>> FindAsync(
        Guid id, IWorkOrders book, IStationDirectory stations, ICurrentActor current, CancellationToken ct) =>
        await VisibleAsync(id, book, current, ct) is { } order ? TypedResults.Ok(WorkOrderJson.From(order, stations)) : Problems.NotFound("work-order.not-found");

    private static async Task<Results<Created<WorkOrderJson>, ProblemHttpResult>> OpenAsync(
        OpenBody body, IWorkOrders book, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        if (body.Mn is null || stations.Find(body.Mn) is not { } station || !InScope(station.StationNo, current)) return Problems.Field("mn", new Fault(WorkOrderTexts.All, "station"));
        if (InputText.Fault(body.Title, LongestTitle) is { } title) return Problems.Field("title", title);
        if (InputText.Fault(body.Technician, LongestTechnician) is { } technician) return Problems.Field("technician", technician);
        var result = await book.OpenAsync(station.StationNo, body.Kind ?? "manual", body.Title ?? "", body.Technician, current.Actor, ct);
        return result.TryGet(out var order, out var refusal)
            ? TypedResults.Created($"/api/v1/work-orders/{order.Id}", WorkOrderJson.From(order, stations))
            : Refused(refusal);
    }

    private static async Task<Results<Ok<WorkOrderJson>, ProblemHttpResult>> ActAsync(
        Guid id, string act, Dictionary<string, JsonElement>? body, IWorkOrders book, IStationDirectory stations, ICurrentActor current, CancellationToken ct)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in body ?? [])
        {
            if (name.Length is 0 or > LongestName || InputText.Fault(name) is not null || fields.Count == MostFields) return Problems.Field("fields", new Fault(WorkOrderTexts.All, "fields", MostFields, LongestName));
            if (value.ValueKind is not JsonValueKind.String) return Problems.Field(name, new Fault(WorkOrderTexts.All, "not-text"));
            if (InputText.Fault(value.GetString()) is { } fault) return Problems.Field(name, fault);
            fields[name] = value.GetString()!;
        }

        if (await VisibleAsync(id, book, current, ct) is null) return Problems.NotFound("work-order.not-found");
        var result = await book.ActAsync(id, act, fields, current.Actor, ct);
        return result.TryGet(out var order, out var refusal) ? TypedResults.Ok(WorkOrderJson.From(order, stations)) : Refused(refusal);
    }

    private static async Task<Ok<Page<WorkOrderJson>>> TasksAsync(IWorkOrders book, IStationDirectory stations, ICurrentActor current, int? limit, string? after, CancellationToken ct) =>
        TypedResults.Ok(Json(await book.ListAsync(new(null, current.Actor.Id, OpenOnly: true, Math.Max(limit ?? 100, 1), after), current.StationScope, ct), stations));

    private static Page<WorkOrderJson> Json(Page<WorkOrderView> page, IStationDirectory stations) => new([.. page.Items.Select(order => WorkOrderJson.From(order, stations))], page.Next);

    private static async Task<WorkOrderView?> VisibleAsync(Guid id, IWorkOrders book, ICurrentActor current, CancellationToken ct) =>
        await book.FindAsync(id, ct) is { } order && InScope(order.StationNo, current) ? order : null;

    private static bool InScope(int station, ICurrentActor current) => current.StationScope is not { } scope || scope.Contains(station);

    private static ProblemHttpResult Refused(Refusal refusal) => Problems.From(
        refusal,
        WorkOrderTexts.All.Say("refusal." + refusal.Code),
        refusal.Code is "work-order.not-yours" or "work-order.role-not-allowed" or "work-order.reviewer-worked" ? StatusCodes.Status403Forbidden : null);
}
