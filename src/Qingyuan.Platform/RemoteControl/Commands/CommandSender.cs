using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qingyuan.Hj212.Sessions;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.RemoteControl.Wire;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Kernel;
using Qingyuan.Rules.RemoteControl;
using LinkExchange = Qingyuan.Hj212.Sessions.Exchange;

namespace Qingyuan.Platform.RemoteControl.Commands;

/// <summary>Sends what is released, sends again what is not answered, and gives up what stays unanswered. Everything it knows is in the rows, so a restart goes on where it was.</summary>
/// <remarks>A command is <c>Sent</c> in the database before its first byte leaves: after a crash it may have been sent or not, and is sent again with the same QN, which loggers carry out once.</remarks>
internal sealed class CommandSender(
    IDatabase database, CommandAct acts, CommandRecorder recorder, StationFactsReader facts, OperationFrames frames, IFieldLines lines, IStationDirectory stations,
    IOptions<RemoteControlOptions> options, TimeProvider clock, ILogger<CommandSender> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>While no command is open: only what another node wrote down could be due.</summary>
    private static readonly TimeSpan IdleLook = TimeSpan.FromSeconds(15);
    private readonly QnSource _qn = new();
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Something may be sent now.</summary>
    public void Wake() => Volatile.Read(ref _woken).TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var look = Look;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Volatile.Read(ref _woken).Task.WaitAsync(look, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Volatile.Write(ref _woken, new(TaskCreationOptions.RunContinuationsAsynchronously));
            try
            {
                look = await RoundAsync(stoppingToken) ? Look : IdleLook;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested) // the outermost loop, also of a wait that was given up: the rows are still there, the next round tries again
            {
                log.SendingFailed(error);
            }
        }
    }

    /// <summary>True while commands are open.</summary>
    private async Task<bool> RoundAsync(CancellationToken ct)
    {
        List<CommandRow> open;
        await using (var db = database.Read()) open = await db.Set<CommandRow>().Where(row => row.EndedAt == null).OrderBy(row => row.Id).ToListAsync(ct);
        var now = clock.GetUtcNow();
        foreach (var command in open.Where(row => row.State is CommandState.Released || row.DueAt <= now))
        {
            if (command.State is CommandState.Requested or CommandState.Released && command.DueAt <= now) await GiveUpAsync(command, ct);
            else if (command.State is CommandState.Released) await SendAsync(command, ct);
            else await TickAsync(command, ct);
        }

        return open.Count > 0;
    }

    /// <summary>Nobody released it in time, or no node could send it.</summary>
    private Task<bool> GiveUpAsync(CommandRow waiting, CancellationToken ct) => acts.OnAsync(waiting.Id, (db, command, _) =>
    {
        if (command.State is CommandState.Requested or CommandState.Released && command.DueAt <= acts.Now)
        {
            var why = command.State is CommandState.Requested ? "command.not-released" : "command.not-sent";
            recorder.Step(db, command, CommandLife.Next(command.State, CommandEvent.TimeOut), acts.Service, new Dictionary<string, string> { ["why"] = why });
        }

        return Task.FromResult(true);
    }, ct);

    private async Task SendAsync(CommandRow released, CancellationToken ct)
    {
        if (stations.InUse(released.StationNo) is not { } station) return; // given up when its time is over
        var operation = OperationCatalogue.Find(released.Operation)!;
        var (found, snapshot) = await facts.ReadAsync(station, RequestCommand.Slot(operation, StoredTexts.Read(released.Parameters)), released.Id, ct);
        if (snapshot.Link is Liveness.Live && !lines.IsLinked(station.StationNo)) return; // its connection is another node's
        var against = Preconditions.Against(operation, found, options.Value.Limits);
        var frame = await acts.OnAsync(released.Id, (db, command, _) => Task.FromResult(Sent(db, command, operation, station, against, snapshot)), ct);
        if (frame is not null) await HandOverAsync(released.Id, station, frame, ct);
    }

    /// <summary>Writes down that it goes out, or why not. Null when nothing is to be sent.</summary>
    private byte[]? Sent(QingyuanDb db, CommandRow command, Operation operation, StationInfo station, Refusal? against, StationSnapshot snapshot)
    {
        if (command.State is not CommandState.Released) return null;
        var (now, given) = (clock.GetUtcNow(), StoredTexts.Read(command.Parameters));
        if (operation.Code is "set-clock") given["systemTime"] = StationClock.Wall(now).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        if (against is null && !frames.Frame(operation, station, given).TryGet(out _, out var noFrame)) against = noFrame;
        if (against is not null)
        {
            (command.WhyCode, command.WhyArgs) = (against.Code, StoredTexts.Args(against));
            recorder.Step(db, command, CommandLife.Next(command.State, CommandEvent.Refuse), acts.Service, new Dictionary<string, string> { ["why"] = against.Code, ["rule"] = Preconditions.Id.ToString() });
            return null;
        }

        var exchange = LinkExchange.Begin(station.Mn, _qn.Next(StationClock.Wall(now)), 0, command.Answer, acts.Timing(command), now);
        (command.Parameters, command.Qn, command.Sends, command.SentAt, command.DueAt) = (StoredTexts.Json(given), exchange.Qn, exchange.Sends, now, exchange.DueAt);
        command.Before = StoredTexts.Json(StationFactsReader.Shows(snapshot, given.GetValueOrDefault(OperationCatalogue.Factor)));
        recorder.Step(db, command, CommandLife.Next(command.State, CommandEvent.Send), acts.Service, new Dictionary<string, string> { ["qn"] = exchange.Qn });
        return Bytes(command, station);
    }

    private async Task TickAsync(CommandRow waiting, CancellationToken ct)
    {
        if (stations.Get(waiting.StationNo) is not { } station) return;
        var snapshot = await acts.SnapshotAsync(waiting.StationNo);
        // Another node's, which comes first; but none may wait for a node that is not there.
        if (snapshot.Link is Liveness.Live && !lines.IsLinked(station.StationNo) && acts.Now < waiting.DueAt + options.Value.OverTime) return;
        var frame = await acts.OnAsync(waiting.Id, async (db, command, token) =>
        {
            if (command.EndedAt is not null || command.Qn is null) return null;
            var (next, resend) = CommandAct.Exchange(command).Tick(acts.Timing(command), acts.Now);
            (command.Sends, command.DueAt) = (next.Sends, next.DueAt);
            if (next.HasEnded) await acts.FollowAsync(db, command, next, acts.Now, acts.Service, new() { ["why"] = next.Phase is ExchangePhase.Unanswered ? "command.unanswered" : "command.no-result" }, null, snapshot, token);
            return resend ? Bytes(command, station) : null;
        }, ct);
        if (frame is not null) await HandOverAsync(waiting.Id, station, frame, ct);
    }

    private async Task HandOverAsync(Guid id, StationInfo station, byte[] frame, CancellationToken ct)
    {
        if (!await lines.SendAsync(station.StationNo, frame, ct)) log.NotTaken(id, station.Mn); // it is sent again when its time-out is over
    }

    private byte[] Bytes(CommandRow command, StationInfo station) =>
        frames.Frame(OperationCatalogue.Find(command.Operation)!, station, StoredTexts.Read(command.Parameters)).Value.Bytes(command.Qn!);
}
