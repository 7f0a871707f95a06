using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;
using Qingyuan.Platform.Exchange.Contracts;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>Forwards to one target over one connection until that ends: what comes now first, then what waited, then what was not answered before, each lane in the order of the log.</summary>
internal sealed class ForwardLine(TargetSetup target, TargetLanes lanes, TargetLine line, ForwardServices services)
{
    private const int MostDeferred = 100_000;
    private readonly DateTimeOffset _connectedAt = services.Clock.GetUtcNow();

    /// <summary>Something was delivered over it.</summary>
    public bool HasDelivered { get; private set; }

    /// <exception cref="IOException">The connection is of no use any more.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var heard = line.HearAsync(ending.Token);
        try
        {
            await lanes.OpenAsync(ct);
            while (true)
            {
                ct.ThrowIfCancellationRequested();
                if (heard.IsCompleted)
                {
                    await TakeAsync(await heard ?? throw new IOException("the target closed the connection"), ct);
                    heard = line.HearAsync(ending.Token);
                }
                else
                {
                    await GoOnAsync(heard, ct);
                }

                await lanes.CloseDoneAsync(ct);
            }
        }
        finally
        {
            await ending.CancelAsync();
            await ((Task)heard).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task GoOnAsync(Task heard, CancellationToken ct)
    {
        // Noted before asking what can be sent: a frame that comes while that is asked must wake us.
        Task[] coming = [.. lanes.Open.Select(each => each.Next).Where(next => !next.IsCompleted)];
        if (lanes.Open.FirstOrDefault(CanSend) is { } lane)
        {
            await SendAsync(lane, ct);
            return;
        }

        services.States.Set(target.Id, lanes.Live.Next.IsCompleted ? TargetPhase.CatchingUp : TargetPhase.Current);
        await WaitAsync([heard, .. coming], ct);
        await TimeAsync(ct);
    }

    // Of one source all frames go out together, so that its place in the log is never torn.
    private bool CanSend(Lane lane)
    {
        if (!lane.Next.IsCompleted || lane.Next is { IsCompletedSuccessfully: true, Result: false }) return false;
        if (lane.Next.IsFaulted) return true; // sending says what was wrong
        var source = lane.Prepared ??= Prepare(lane);
        if (source.Frames.Count is 0 || lanes.IsOthers(lane, source)) return true;
        if (IsInDoubt(lane, source.Command)) return lane.Window.Count < MostDeferred;
        if (source.Frames.Any(frame => lanes.Open.Any(each => each.Window.Awaits(frame.Mn, frame.Qn)))) return false;
        // What was never answered is tried by two frames: the second tells whether it is the first alone.
        return lane.Place.IsUnanswered && !lane.IsAnswered ? lane.Window.Waiting < 2 : lanes.Open.Sum(each => each.Window.Waiting) < target.Window;
    }

    private static bool IsInDoubt(Lane lane, int command) => !lane.Place.IsUnanswered && lane.Window.Overdue.Any(each => each.Command == command);

    private Outgoing Prepare(Lane lane)
    {
        var frame = lane.Current;
        return OutgoingFrames.For(frame, services.Opener.Open(frame), target, resent: frame.Arrival.ReceivedAt < _connectedAt);
    }

    private async Task SendAsync(Lane lane, CancellationToken ct)
    {
        await lane.Next;
        var source = lane.Prepared!;
        if (lanes.IsOthers(lane, source)) lane.Window.Pass(source with { LeftOut = false });
        else if (source.Frames.Count is 0) lane.Window.Pass(source);
        else if (IsInDoubt(lane, source.Command)) lane.Window.Defer(source);
        else await WriteAsync(lane, source, ct);
        lane.MoveOn();
        await AdvanceAsync(lane, ct);
    }

    private async Task WriteAsync(Lane lane, Outgoing source, CancellationToken ct)
    {
        foreach (var (part, frame) in source.Frames.Index())
        {
            await line.SendAsync(frame.Bytes, ct);
            lane.Window.Sent(source, frame, part == source.Frames.Count - 1, services.Clock.GetUtcNow());
            if (target.Gap > TimeSpan.Zero) await Task.Delay(target.Gap, services.Clock, ct);
        }
    }

    private async Task TakeAsync(Message message, CancellationToken ct)
    {
        if (message.Command is CommandCode.DataReply) await AnsweredAsync(message.Mn, message.Qn, ct);
        // A target that says no to an upload (wrong MN, password …) says it to every further one too.
        else if (message.Body is RequestReply { Result: not RequestResult.Ready } refused) throw new IOException($"the target refuses: QnRtn={(int)refused.Result}");
        else if (message is { Role: MessageRole.Request }) await RefuseAsync(message, ct);
    }

    private async Task AnsweredAsync(string? mn, string? qn, CancellationToken ct)
    {
        if (!lanes.TryAnswer(mn, qn, out var lane)) return;
        await lanes.JudgeAsync(ct);
        await AdvanceAsync(lane, ct);
    }

    /// <summary>Commands of further platforms are not carried out: whoever is to operate a station does it here, with his own right.</summary>
    private Task RefuseAsync(Message request, CancellationToken ct) => line.SendAsync(MessageWriter.ToBytes(
        new(request.Edition, CommandCode.RequestReply, MessageRole.Reply, new RequestReply(RequestResult.Refused)) { Qn = request.Qn, St = "91", Pw = request.Pw, Mn = request.Mn }), ct);

    private async Task AdvanceAsync(Lane lane, CancellationToken ct)
    {
        if (await lanes.AdvanceAsync(lane, ct) is 0) return;
        HasDelivered = true;
        services.States.Delivered(target.Id);
    }

    private async Task TimeAsync(CancellationToken ct)
    {
        foreach (var lane in lanes.Open)
            foreach (var frame in lane.Window.Tick(services.Clock.GetUtcNow()))
                await line.SendAsync(frame.Bytes, ct);
        await lanes.JudgeAsync(ct);
        await lanes.OpenAsync(ct);
    }

    private async Task WaitAsync(Task[] events, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var now = services.Clock.GetUtcNow();
        var due = lanes.NextDueAt is { } at ? Task.Delay(at > now ? at - now : TimeSpan.Zero, services.Clock, over.Token) : Task.Delay(Timeout.Infinite, over.Token);
        await Task.WhenAny([due, .. events]);
        await over.CancelAsync();
    }
}
