using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.RemoteControl.Automatic;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.RemoteControl.Wire;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Commands;

/// <summary>A person asks for an operation: rights, wire, preconditions, then the command is written down, released at once or waiting for a second person.</summary>
internal sealed class RequestCommand(
    IDatabase database, CommandRecorder recorder, StationFactsReader facts, OperationFrames frames, IWorkOrders orders, IStationDirectory stations, IOptions<RemoteControlOptions> options, Organisation organisation, TimeProvider clock)
{
    private const int LongestReason = 500;

    public Task<Result<Guid>> AskAsync(CommandRequest request, Actor actor, CancellationToken ct) =>
        AskAsync(request, actor, null, (operation, _) => Task.FromResult((CommandRights.AgainstAsking(operation, new(actor.Id, actor.Role)), (Guid?)null)), ct);

    /// <summary>A rule asks: its right is an authorisation.</summary>
    public Task<Result<Guid>> StartAsync(CommandRequest request, string rule, string cause, CancellationToken ct) =>
        AskAsync(request, new("r:" + rule, "service", organisation.Code, "service"), cause, (operation, token) => AuthorisedAsync(request.StationNo, operation, rule, token), ct);

    private async Task<Result<Guid>> AskAsync(
        CommandRequest request, Actor actor, string? cause, Func<Operation, CancellationToken, Task<(Refusal? Against, Guid? Authorisation)>> right, CancellationToken ct)
    {
        if (stations.InUse(request.StationNo) is not { } station) return stations.NotInUse(request.StationNo, "command.station-unknown");
        if (OperationCatalogue.Find(request.Operation) is not { } operation || !Suits(operation, station)) return new Refusal("command.operation-invalid", "command", request.Operation);
        var (notAllowed, authorisation) = await right(operation, ct);
        if (notAllowed is not null) return notAllowed;
        if (string.IsNullOrWhiteSpace(request.Reason)) return new Refusal("command.reason-missing", "reason");
        if (request.Reason.Length > LongestReason) return new Refusal("command.parameter-invalid", "reason", $"1-{LongestReason}");
        if (request.Parameters.Keys.FirstOrDefault(name => !operation.Parameters.Any(each => each.TrimEnd('?') == name)) is { } extra) return new Refusal("command.parameter-invalid", extra, string.Join('|', operation.Parameters));
        if (request.Parameters.TryGetValue(OperationCatalogue.Factor, out var factor) && station.Factors.All(filed => filed.Code != factor))
            return new Refusal("command.parameter-invalid", OperationCatalogue.Factor, string.Join('|', station.Factors.Select(filed => filed.Code))); // an analyser has one name, or two operations could run on it
        if (await AgainstOrderAsync(request, ct) is { } noOrder) return noOrder;
        if (!frames.Frame(operation, station, request.Parameters).TryGet(out var frame, out var noFrame)) return noFrame;
        var slot = Slot(operation, request.Parameters);
        var (found, _) = await facts.ReadAsync(station, slot, null, ct);
        var against = Preconditions.Against(operation, found, options.Value.Limits);
        try
        {
            var id = await database.WriteAsync((db, _) => Task.FromResult(Written(db, request, operation, frame, against, actor, authorisation, cause)), ct);
            return against is null ? id : against;
        }
        catch (DbUpdateException error) when (database.IsUniqueViolation(error))
        {
            // Somebody asked for the same device in the same moment, or for the same cause.
            return new Refusal("command.another-running", operation.Code);
        }
    }

    /// <summary>The slot of the logger: while it is busy so is everything behind it.</summary>
    public const string Logger = "logger";

    /// <summary>The device an operation occupies: an analyser by its factor, else the logger or sampler as a whole.</summary>
    public static string Slot(Operation operation, IReadOnlyDictionary<string, string> parameters) =>
        parameters.GetValueOrDefault(OperationCatalogue.Factor) ?? (operation.Effect is OperationEffect.Retain ? "sampler" : Logger);

    public static bool Suits(Operation operation, StationInfo station) => operation.Medium switch
    {
        OperationMedium.Water => station.Kind is StationKind.Water,
        OperationMedium.Gas => station.Kind is StationKind.Gas,
        _ => true,
    };

    private Guid Written(QingyuanDb db, CommandRequest request, Operation operation, OperationFrame frame, Refusal? against, Actor actor, Guid? authorisation, string? cause)
    {
        var now = clock.GetUtcNow();
        var command = new CommandRow
        {
            Id = Guid.CreateVersion7(now), StationNo = request.StationNo, Operation = operation.Code, Parameters = StoredTexts.Json(request.Parameters), Reason = request.Reason.Trim(),
            WorkOrder = request.WorkOrder, AskedBy = actor.Id, AskedAt = now, Answer = frame.Answer, DueAt = now + options.Value.WaitForRelease, AuthorisationId = authorisation, Cause = cause,
        };
        db.Add(command);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal) { ["source"] = frame.Source };
        if (authorisation is { } given) texts["authorisation"] = given.ToString();
        if (cause is not null) texts["cause"] = cause;
        if (against is not null)
        {
            (command.WhyCode, command.WhyArgs) = (against.Code, StoredTexts.Args(against));
            texts["why"] = against.Code;
            texts["rule"] = Preconditions.Id.ToString();
            recorder.Step(db, command, CommandState.Refused, actor, texts);
            return command.Id;
        }

        if (operation.IsExclusive) command.Slot = Slot(operation, request.Parameters);
        recorder.Step(db, command, CommandState.Requested, actor, texts);
        if (!CommandRights.IsReleasedAtOnce(operation, request.WorkOrder is not null)) return command.Id;
        command.ReleasedBy = actor.Id;
        recorder.Step(db, command, CommandState.Released, actor, new Dictionary<string, string> { ["rule"] = CommandRights.Id.ToString() });
        return command.Id;
    }

    private async Task<(Refusal?, Guid?)> AuthorisedAsync(int stationNo, Operation operation, string rule, CancellationToken ct)
    {
        var now = StationClock.Wall(clock.GetUtcNow());
        var today = StationClock.Instant(now.Date);
        await using var db = database.Read();
        var given = await db.Set<AuthorisationRow>().Where(row => row.StationNo == stationNo && row.Rule == rule && row.Operation == operation.Code && row.RevokedAt == null).OrderByDescending(row => row.Id).ToListAsync(ct);
        var row = given.FirstOrDefault(each => each.ValidFrom <= now && now < each.ValidTo) ?? given.FirstOrDefault();
        var started = row is null ? 0 : await db.Set<CommandRow>().CountAsync(each => each.AuthorisationId == row.Id && each.AskedAt >= today, ct);
        return (AutomaticStart.Against(operation, row?.Facts, now, started), row?.Id);
    }

    private async Task<Refusal?> AgainstOrderAsync(CommandRequest request, CancellationToken ct)
    {
        if (request.WorkOrder is not { } id) return null;
        var order = await orders.FindAsync(id, ct);
        return order is null || order.StationNo != request.StationNo || order.ClosedAt is not null ? new("command.work-order-invalid", "workOrder", id) : null;
    }
}
