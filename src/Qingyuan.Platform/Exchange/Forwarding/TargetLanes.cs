using System.Diagnostics.CodeAnalysis;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>The parts of the log a target still has to get, and which of them are being sent over the connection there is. Decides what becomes of frames that stay unanswered; every decision is written down before it counts.</summary>
/// <param name="places">All of them, the live one first.</param>
internal sealed class TargetLanes(TargetSetup target, List<Place> places, ForwardServices services) : IAsyncDisposable
{
    /// <value>What does not fit goes in the order of the log, as if there were no lanes.</value>
    private const int Most = 64;
    private readonly List<Lane> _open = [];
    private readonly Dictionary<int, DateTimeOffset> _answered = []; // by CN, when the newest answered frame was sent

    public IReadOnlyList<Lane> Open => _open;

    public Lane Live => _open[0];

    /// <summary>When time alone changes something; null when it does not.</summary>
    /// <remarks>What is not open yet counts also when its rest ended a moment ago, after the last <see cref="OpenAsync"/>: else nobody would wake for it.</remarks>
    public DateTimeOffset? NextDueAt => _open.Select(lane => lane.Window.NextDueAt).Concat(places.Where(place => !IsOpen(place)).Select(place => place.RestsUntil)).Min();

    /// <summary>Begins what does not rest. Of a target that wants new data first, what waited becomes a lane of its own.</summary>
    public async Task OpenAsync(CancellationToken ct)
    {
        if (_open.Count is 0) await SplitAsync(ct);
        foreach (var place in places.Where(place => !Rests(place) && !IsOpen(place))) _open.Add(new(place, services, ct));
    }

    /// <summary>The frame goes over another lane.</summary>
    public bool IsOthers(Lane lane, Outgoing source) => lane.Place.IsUnanswered
        ? lane.Place.Command != source.Command
        : source.Command is not 0 && places.Exists(place => place.Owns(source.Source, source.Command));

    /// <summary>Takes a 9014. False when nothing waits for it.</summary>
    public bool TryAnswer(string? mn, string? qn, [NotNullWhen(true)] out Lane? lane)
    {
        lane = _open.Where(each => each.Window.Find(mn, qn) is not null).MinBy(each => each.Window.Find(mn, qn)!.Value.SentAt);
        if (lane is null) return false;
        var (command, sentAt) = lane.Window.Find(mn, qn)!.Value;
        lane.Window.Answered(mn, qn);
        lane.IsAnswered = true;
        if (sentAt > _answered.GetValueOrDefault(command)) _answered[command] = sentAt;
        return true;
    }

    /// <summary>Moves the lane's place over what is done.</summary>
    /// <returns>How many frames of the log were delivered.</returns>
    public async Task<int> AdvanceAsync(Lane lane, CancellationToken ct)
    {
        if (lane.Window.Advance() is not { } progress) return 0;
        await services.Positions.NoteAsync(target.Id, lane.Place, progress, lane.Window.IsEmpty, ct);
        return progress.Delivered;
    }

    /// <summary>What becomes of frames that stayed unanswered: one alone goes apart, or all of its command, or the connection is dead.</summary>
    /// <exception cref="IOException">The last.</exception>
    public async Task JudgeAsync(CancellationToken ct)
    {
        foreach (var lane in _open.ToList())
            while (lane.Window.Overdue.FirstOrDefault() is { Command: not 0 } overdue && await JudgeAsync(lane, overdue, ct))
                await AdvanceAsync(lane, ct);
    }

    /// <summary>Lanes that have reached their end, or what comes now, are done.</summary>
    public async Task CloseDoneAsync(CancellationToken ct)
    {
        foreach (var lane in _open.Where(IsDone).ToList())
        {
            places.Remove(lane.Place);
            await services.Positions.RemoveAsync(target.Id, places, lane.Place, ct);
            await CloseAsync(lane);
        }
    }

    /// <summary>Writes down where everything stands.</summary>
    public Task SaveAsync(CancellationToken ct) => services.Positions.SaveAsync(target.Id, [.. places.Where(place => place.Unsaved is not null)], ct);

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _open) await lane.DisposeAsync();
        _open.Clear();
    }

    private bool IsOpen(Place place) => _open.Exists(lane => lane.Place == place);

    private bool Rests(Place place) => place.RestsUntil > services.Clock.GetUtcNow();

    private async Task SplitAsync(CancellationToken ct)
    {
        var (live, newest) = (places[0], new FrameId(services.Tail.Last, int.MaxValue));
        if (!target.NewFirst || places.Count >= Most || live.Position >= new FrameId(newest.Batch, 0)) return;
        var before = live.Position;
        live.Position = newest;
        places.Add(await services.Positions.AddAsync(target.Id, places, LaneKind.Backlog, 0, before, newest, ct));
    }

    // True when something was decided, so that the next one can be looked at.
    private async Task<bool> JudgeAsync(Lane lane, Overdue overdue, CancellationToken ct)
    {
        if (overdue.HasQn && lane.Place.IsUnanswered && !lane.IsAnswered)
        {
            lane.Place.RestsUntil = services.Clock.GetUtcNow() + services.Options.Value.RetryUnanswered;
            await CloseAsync(lane);
            return false;
        }

        var mayPart = overdue.HasQn && places.Count < Most;
        if (mayPart && WasAnswered(overdue.Command, overdue) && !lane.Window.HasDeferred(overdue.Command) && lane.Place.Until != overdue.Source)
            await PartAsync(overdue.Command, lane.Window.Leave(overdue.Source), overdue.Source, ct);
        else if (mayPart && !lane.Place.IsUnanswered && _answered.Keys.Any(command => WasAnswered(command, overdue)))
            await PartAsync(overdue.Command, lane.Window.Leave(overdue.Command), lane.Place.Until, ct);
        else if (services.Clock.GetUtcNow() >= overdue.GiveUpAt) throw new IOException("the target does not answer");
        else return false;
        return true;
    }

    private bool WasAnswered(int command, Overdue overdue) => _answered.TryGetValue(command, out var at) && at >= overdue.FirstSentAt;

    private async Task PartAsync(int command, FrameId first, FrameId? until, CancellationToken ct)
    {
        // Up to where one of this command begins that is there already.
        foreach (var other in places.Where(place => place.IsUnanswered && place.Command == command && place.From >= first && !(place.From > until))) until = other.From;
        var place = await services.Positions.AddAsync(target.Id, places, LaneKind.Unanswered, command, new(first.Batch, first.Ordinal - 1), until, ct);
        place.RestsUntil = services.Clock.GetUtcNow() + services.Options.Value.RetryUnanswered;
        places.Add(place);
        services.Log.DataUnanswered(target.Name, command, services.Options.Value.RetryUnanswered);
    }

    // What an unanswered lane has delivered must not be met again by another that has still to come there.
    private bool IsDone(Lane lane) => lane.Place switch
    {
        { IsLive: true } => false,
        { IsUnanswered: false } => lane.IsOver,
        { Until: { } until } => lane.IsOver && places.TrueForAll(other => other.IsUnanswered || other.Position >= until),
        _ => lane is { IsAnswered: true, Window.IsEmpty: true } && lane.Window.Newest >= (Live.Window.Newest ?? places[0].Position) && places.TrueForAll(other => other.IsUnanswered || other.IsLive),
    };

    private async Task CloseAsync(Lane lane)
    {
        _open.Remove(lane);
        await lane.DisposeAsync();
    }
}
