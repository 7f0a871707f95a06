using System.Runtime.CompilerServices;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Exchange.Forwarding;

/// <summary>One place of a target on one connection: the frames that follow it in the log, and those that wait for their answer.</summary>
internal sealed class Lane : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending;
    private readonly IAsyncEnumerator<StoredFrame> _frames;

    public Lane(Place place, ForwardServices services, CancellationToken ct)
    {
        Place = place;
        Window = new(services.Options.Value.Timing);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _frames = FollowAsync(services.Tail, place, _ending.Token).GetAsyncEnumerator(CancellationToken.None);
        Next = _frames.MoveNextAsync().AsTask();
    }

    public Place Place { get; }

    public ForwardWindow Window { get; }

    /// <summary>Ends with true when <see cref="Current"/> is the next frame, with false at the end of the lane.</summary>
    public Task<bool> Next { get; private set; }

    public StoredFrame Current => _frames.Current;

    /// <summary>What <see cref="Current"/> becomes for the target; null until somebody has asked.</summary>
    public Outgoing? Prepared { get; set; }

    /// <summary>Something of it was answered on this connection.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>The lane has an end, it was reached, and nothing waits.</summary>
    public bool IsOver => Next is { IsCompletedSuccessfully: true, Result: false } && Window.IsEmpty;

    public void MoveOn()
    {
        Prepared = null;
        Next = _frames.MoveNextAsync().AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await ((Task)Next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _frames.DisposeAsync();
        _ending.Dispose();
    }

    private static async IAsyncEnumerable<StoredFrame> FollowAsync(IFrameTail tail, Place place, [EnumeratorCancellation] CancellationToken ct)
    {
        var from = place.Position;
        if (from >= place.Until) yield break;
        await foreach (var batch in tail.FollowAsync(Math.Max(0, from.Batch - 1), ct))
        {
            foreach (var frame in batch.Frames)
                if (frame.Id > from && !(frame.Id > place.Until)) yield return frame;
            if (batch.Id >= place.Until?.Batch) yield break; // nobody knows when the next one comes
        }
    }
}
