using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Qingyuan.Hj212.Sessions;
using Qingyuan.Platform.RemoteControl.Marks;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.RemoteControl;
using LinkExchange = Qingyuan.Hj212.Sessions.Exchange;

namespace Qingyuan.Platform.RemoteControl.Commands;

/// <summary>Changes of a command by the wire or the clock: one transaction each, tried again when somebody else changed it in the same moment.</summary>
internal sealed class CommandAct(IDatabase database, CommandRecorder recorder, MarkKeeper marks, IStationTwins twins, IOptions<RemoteControlOptions> options, Organisation organisation, TimeProvider clock)
{
    private const int Attempts = 5;

    public Actor Service => Actor.Service("remote-control", organisation.Code);

    public LinkTiming Timing(CommandRow command) => options.Value.Timing(OperationCatalogue.Find(command.Operation)!);

    public static LinkExchange Exchange(CommandRow command) => new("", command.Qn ?? "", 0, command.Answer, Phase(command.State), command.Sends, command.DueAt ?? DateTimeOffset.MinValue) { Code = command.ReplyCode };

    /// <summary>Loads the command tracked, and stores what <paramref name="act"/> makes of it.</summary>
    /// <returns>What the act returned; default when the command is not there.</returns>
    public async Task<T?> OnAsync<T>(Guid id, Func<QingyuanDb, CommandRow, CancellationToken, Task<T>> act, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.WriteAsync(async (db, token) => await db.Set<CommandRow>().SingleOrDefaultAsync(row => row.Id == id, token) is { } command ? await act(db, command, token) : default, ct);
            }
            catch (DbUpdateException error) when (attempt < Attempts && (error is DbUpdateConcurrencyException || database.IsUniqueViolation(error)))
            {
                // Somebody acted in the same moment: the act now judges what that made of it.
            }
        }
    }

    /// <summary>Takes the command where its exchange went: state, step, marks, and at its end what the analyser shows then.</summary>
    public async Task FollowAsync(QingyuanDb db, CommandRow command, LinkExchange next, DateTimeOffset at, Actor actor, Dictionary<string, string> detail, string? frame, StationSnapshot snapshot, CancellationToken ct)
    {
        var (was, state) = (command.State, State(next.Phase));
        (command.DueAt, command.ReplyCode) = (next.DueAt, next.Code);
        var operation = OperationCatalogue.Find(command.Operation)!;
        var wall = StationClock.Wall(at);
        if (was is CommandState.Sent && state is CommandState.Acknowledged or CommandState.Executing or CommandState.Done or CommandState.Failed) marks.Begin(db, command, operation, wall, actor);
        if (CommandLife.HasEnded(state))
        {
            command.After = StoredTexts.Json(StationFactsReader.Shows(snapshot, StoredTexts.Read(command.Parameters).GetValueOrDefault(OperationCatalogue.Factor)));
            await marks.EndAsync(db, command, wall, ct);
        }

        recorder.Step(db, command, state, actor, detail, frame);
    }

    public Task<StationSnapshot> SnapshotAsync(int stationNo) => twins.Of(stationNo).SnapshotAsync();

    public DateTimeOffset Now => clock.GetUtcNow();

    private static ExchangePhase Phase(CommandState state) => state switch
    {
        CommandState.Acknowledged => ExchangePhase.Acknowledged,
        CommandState.Executing => ExchangePhase.Executing,
        CommandState.Done => ExchangePhase.Done,
        CommandState.Refused => ExchangePhase.Refused,
        CommandState.Failed => ExchangePhase.Failed,
        CommandState.TimedOut or CommandState.Cancelled => ExchangePhase.Expired,
        _ => ExchangePhase.Sent,
    };

    private static CommandState State(ExchangePhase phase) => phase switch
    {
        ExchangePhase.Acknowledged => CommandState.Acknowledged,
        ExchangePhase.Executing => CommandState.Executing,
        ExchangePhase.Done => CommandState.Done,
        ExchangePhase.Refused => CommandState.Refused,
        ExchangePhase.Failed => CommandState.Failed,
        ExchangePhase.Unanswered or ExchangePhase.Expired => CommandState.TimedOut,
        _ => CommandState.Sent,
    };
}
