using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Messages;
using Qingyuan.Hj212.Messages.Bodies;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>What the loops share.</summary>
internal sealed record ForwardServices(IFrameTail Tail, IFrameOpener Opener, Positions Positions, TargetStates States, IOptions<ExchangeOptions> Options, TimeProvider Clock, ILogger<TargetLoop> Log);

/// <summary>Forwards to one target for as long as it runs: follows the frame log from where it was, over a connection that comes and goes.</summary>
/// <remarks>The log is the store; nothing is copied. Order is the log's, which is each station's own. The position moves only over frames the target has answered.</remarks>
internal sealed class TargetLoop(TargetSetup target, ForwardServices services)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private readonly Positions.Pending _pending = new();
    private FrameId _position = target.Position;

    public async Task RunAsync(CancellationToken ct)
    {
        var pause = FirstPause;
        while (!ct.IsCancellationRequested)
        {
            var before = _position;
            try
            {
                await ConnectedAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
            }
            catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException or OperationCanceledException)
            {
                services.States.Set(target.Id, TargetPhase.Waiting, error.Message);
                services.Log.TargetLost(target.Name, error.Message);
            }

            await services.Positions.SaveAsync(target.Id, _pending, CancellationToken.None);
            pause = _position > before ? FirstPause : pause * 2 < services.Options.Value.LongestPause ? pause * 2 : services.Options.Value.LongestPause;
            await Task.Delay(pause, services.Clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConnectedAsync(CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var line = await OpenAsync(ct);
        services.States.Set(target.Id, TargetPhase.CatchingUp);
        var window = new ForwardWindow(services.Options.Value.Timing, target.Window);
        await using var frames = FollowAsync(services.Clock.GetUtcNow(), ending.Token).GetAsyncEnumerator(CancellationToken.None);
        var next = frames.MoveNextAsync().AsTask();
        var heard = line.HearAsync(ending.Token);
        try
        {
            while (true)
            {
                ct.ThrowIfCancellationRequested();
                if (heard.IsCompleted)
                {
                    await TakeAsync(line, window, await heard ?? throw new IOException("the target closed the connection"), ct);
                    heard = line.HearAsync(ending.Token);
                }
                else if (next.IsCompleted && CanSend(window, frames.Current))
                {
                    await next;
                    await SendAsync(line, window, frames.Current, ct);
                    next = frames.MoveNextAsync().AsTask();
                }
                else
                {
                    services.States.Set(target.Id, next.IsCompleted ? TargetPhase.CatchingUp : TargetPhase.Current);
                    await WaitAsync(window, next, heard, ct);
                    await ResendAsync(line, window, ct);
                }
            }
        }
        finally
        {
            await ending.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)heard).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<TargetLine> OpenAsync(CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(services.Options.Value.OverTime);
        try
        {
            return await TargetLine.OpenAsync(target, late.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new IOException("no connection in time");
        }
    }

    private async IAsyncEnumerable<Outgoing> FollowAsync(DateTimeOffset connectedAt, [EnumeratorCancellation] CancellationToken ct)
    {
        var from = _position;
        await foreach (var batch in services.Tail.FollowAsync(Math.Max(0, from.Batch - 1), ct))
            foreach (var frame in batch.Frames)
                if (frame.Id > from) yield return OutgoingFrames.For(frame, services.Opener.Open(frame), target, resent: frame.Arrival.ReceivedAt < connectedAt);
    }

    // Of one source all frames go out together, so that its place in the log is never torn.
    private static bool CanSend(ForwardWindow window, Outgoing source) => source.Frames.Count is 0 || source.Frames.All(window.Takes);

    private async Task SendAsync(TargetLine line, ForwardWindow window, Outgoing source, CancellationToken ct)
    {
        if (source.Frames.Count is 0) window.Pass(source);
        foreach (var (part, frame) in source.Frames.Index())
        {
            await line.SendAsync(frame.Bytes, ct);
            window.Sent(frame, part == source.Frames.Count - 1, services.Clock.GetUtcNow());
            if (target.Gap > TimeSpan.Zero) await Task.Delay(target.Gap, services.Clock, ct);
        }

        await AdvanceAsync(window, ct);
    }

    private async Task TakeAsync(TargetLine line, ForwardWindow window, Message message, CancellationToken ct)
    {
        if (message.Command is CommandCode.DataReply && window.Answered(message.Mn, message.Qn, services.Clock.GetUtcNow())) await AdvanceAsync(window, ct);
        // A target that says no to an upload (wrong MN, password …) says it to every further one too.
        else if (message.Body is RequestReply { Result: not RequestResult.Ready } refused) throw new IOException($"the target refuses: QnRtn={(int)refused.Result}");
        else if (message is { Role: MessageRole.Request }) await RefuseAsync(line, message, ct);
    }

    /// <summary>Commands of further platforms are not carried out: whoever is to operate a station does it here, with his own right.</summary>
    private static Task RefuseAsync(TargetLine line, Message request, CancellationToken ct) => line.SendAsync(MessageWriter.ToBytes(
        new(request.Edition, CommandCode.RequestReply, MessageRole.Reply, new RequestReply(RequestResult.Refused)) { Qn = request.Qn, St = "91", Pw = request.Pw, Mn = request.Mn }), ct);

    private async Task AdvanceAsync(ForwardWindow window, CancellationToken ct)
    {
        if (window.Advance() is not { } progress) return;
        _position = progress.Through;
        if (progress.Delivered > 0) services.States.Delivered(target.Id);
        await services.Positions.NoteAsync(target.Id, _pending, progress, window.IsEmpty, ct);
    }

    private async Task ResendAsync(TargetLine line, ForwardWindow window, CancellationToken ct)
    {
        var due = window.Tick(services.Clock.GetUtcNow()) ?? throw new IOException("the target does not answer");
        foreach (var frame in due) await line.SendAsync(frame.Bytes, ct);
    }

    private async Task WaitAsync(ForwardWindow window, Task<bool> next, Task heard, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        List<Task> any = [heard, window.NextDueAt is { } due ? Task.Delay(Later(due - services.Clock.GetUtcNow()), services.Clock, over.Token) : Task.Delay(Timeout.Infinite, over.Token)];
        if (!next.IsCompleted) any.Add(next);
        await Task.WhenAny(any);
        await over.CancelAsync();
    }

    private static TimeSpan Later(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
}
