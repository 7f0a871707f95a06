using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.RemoteControl.Wire;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Commands;

/// <summary>The slice's door: lists and finds here; asking, sending and hearing in their own classes.</summary>
internal sealed class CommandBook(
    IDatabase database, RequestCommand asking, CommandRecorder recorder, StationFactsReader facts, OperationFrames frames, CommandSender sender, IStationDirectory stations, IOptions<RemoteControlOptions> options) : IRemoteControl
{
    private const int LargestPage = 500;

    public async Task<IReadOnlyList<OperationView>> OperationsAsync(int stationNo, CancellationToken ct)
    {
        if (stations.InUse(stationNo) is not { } station) return [];
        var (views, bySlot) = (new List<OperationView>(), new Dictionary<string, StationFacts>());
        foreach (var operation in OperationCatalogue.All.Where(each => RequestCommand.Suits(each, station)))
        {
            var slot = RequestCommand.Slot(operation, new Dictionary<string, string>());
            if (!bySlot.TryGetValue(slot, out var found)) bySlot[slot] = found = (await facts.ReadAsync(station, slot, null, ct)).Facts;
            views.Add(View(operation, station, found));
        }

        return views;
    }

    private OperationView View(Operation operation, StationInfo station, StationFacts found)
    {
        var source = frames.Source(operation, station);
        return new(
            operation.Code, operation.Effect, operation.Parameters, operation.IsDangerous, operation.Mark, source is null ? OperationFrames.NoWire : null,
            source is null ? null : Preconditions.Against(operation, found, options.Value.Limits), source?.Source, source?.Remark);
    }

    public async Task<Result<CommandView>> RequestAsync(CommandRequest request, Actor actor, CancellationToken ct)
    {
        var asked = await asking.AskAsync(request, actor, ct);
        if (!asked.TryGet(out var id, out var refusal)) return refusal;
        sender.Wake();
        return await ViewAsync(id, ct);
    }

    public async Task<Result<CommandView>> StartAsync(CommandRequest request, string rule, string cause, CancellationToken ct)
    {
        var asked = await asking.StartAsync(request, rule, cause, ct);
        if (!asked.TryGet(out var id, out var refusal)) return refusal;
        sender.Wake();
        return await ViewAsync(id, ct);
    }

    public Task<Result<CommandView>> ReleaseAsync(Guid id, Actor actor, CancellationToken ct) => ActAsync(id, CommandEvent.Release, actor, ct);

    public Task<Result<CommandView>> CancelAsync(Guid id, Actor actor, CancellationToken ct) => ActAsync(id, CommandEvent.Cancel, actor, ct);

    public async Task<CommandView?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = database.Read();
        var found = await db.Set<CommandRow>().Where(row => row.Id == id).ToListAsync(ct);
        return (await ViewsAsync(db, found, ct)).SingleOrDefault();
    }

    public async Task<Page<CommandView>> ListAsync(CommandQuery query, IReadOnlySet<int>? scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var db = database.Read();
        var rows = db.Set<CommandRow>().AsQueryable();
        if (scope is not null) rows = rows.Where(row => scope.Contains(row.StationNo));
        if (query.StationNo is { } station) rows = rows.Where(row => row.StationNo == station);
        if (query.OpenOnly) rows = rows.Where(row => row.EndedAt == null);
        if (Guid.TryParse(query.After, out var after)) rows = rows.Where(row => row.Id < after);
        var limit = Math.Clamp(query.Limit, 1, LargestPage);
        var found = await rows.OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(ct);
        var page = await ViewsAsync(db, [.. found.Take(limit)], ct);
        return new(page, found.Count > limit ? page[^1].Id.ToString() : null);
    }

    private async Task<Result<CommandView>> ActAsync(Guid id, CommandEvent act, Actor actor, CancellationToken ct)
    {
        Refusal? refused;
        try
        {
            refused = await database.WriteAsync((db, token) => OnceAsync(db, id, act, actor, token), ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            refused = new("command.changed-meanwhile");
        }

        if (refused is not null) return refused;
        sender.Wake();
        return await ViewAsync(id, ct);
    }

    private async Task<Refusal?> OnceAsync(QingyuanDb db, Guid id, CommandEvent act, Actor actor, CancellationToken ct)
    {
        if (await db.Set<CommandRow>().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } command) return new("command.not-found");
        var next = CommandLife.Next(command.State, act);
        if (next == command.State) return new("command.act-not-possible", act, command.State);
        var person = new Rules.Operations.OrderActor(actor.Id, actor.Role);
        var against = act is CommandEvent.Release ? CommandRights.AgainstReleasing(command.AskedBy, person) : CommandRights.AgainstAsking(OperationCatalogue.Find(command.Operation)!, person);
        if (against is not null) return against;
        if (act is CommandEvent.Release) command.ReleasedBy = actor.Id;
        recorder.Step(db, command, next, actor, new Dictionary<string, string>());
        return null;
    }

    private async Task<Result<CommandView>> ViewAsync(Guid id, CancellationToken ct) =>
        await FindAsync(id, ct) ?? throw new InvalidOperationException($"Command {id} vanished after its own commit.");

    private static async Task<List<CommandView>> ViewsAsync(QingyuanDb db, List<CommandRow> commands, CancellationToken ct)
    {
        var ids = commands.Select(command => command.Id).ToList();
        var steps = (await db.Set<CommandStepRow>().Where(row => ids.Contains(row.CommandId)).ToListAsync(ct)).ToLookup(row => row.CommandId);
        return [.. commands.Select(command => View(command, steps[command.Id].OrderBy(step => step.Seq)))];
    }

    private static CommandView View(CommandRow row, IEnumerable<CommandStepRow> steps) => new(
        row.Id, row.StationNo, row.Operation, StoredTexts.Read(row.Parameters), row.Reason, row.WorkOrder, row.State, row.AskedBy, row.AskedAt, row.ReleasedBy, row.Qn, row.Sends, row.DueAt,
        row.EndedAt, row.ReplyCode, row.WhyCode is { } why ? StoredTexts.Refusal(why, row.WhyArgs) : null, StoredTexts.Read(row.Result), StoredTexts.Read(row.Before), StoredTexts.Read(row.After),
        [.. steps.Select(step => new CommandStepView(step.State, step.ActorId, step.At, StoredTexts.Read(step.Detail), step.FrameId, step.LedgerEntryId))]);
}
