using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Qingyuan.Hj212.Framing;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>One TCP connection of one or many stations: cuts frames off its bytes, has each judged and stored, and answers what is durable.</summary>
/// <remarks>Two loops: reading here, answering in <see cref="AnswerQueue"/>. The heartbeat only looks and pokes. No bytes end the connection but a flood of rubbish from a stranger.</remarks>
internal sealed class FieldConnection
{
    private static long _numbers;
    private readonly ConnectionContext _line;
    private readonly FieldServices _services;
    private readonly IPAddress _remote;
    private readonly PipeReader _input;
    private readonly AnswerQueue _answers;
    private readonly LineWatch _watch;
    private readonly SpeakingStations _speaking;
    private readonly ArrayBufferWriter<byte> _answer = new(256);
    private readonly Signal _goOn = new();
    private volatile bool _stopping;
    private volatile bool _paused;
    private volatile IntakeReason _closedFor;

    public FieldConnection(ConnectionContext line, FieldServices services, IPAddress remote)
    {
        (_line, _services, _remote) = (line, services, remote);
        Source = line.RemoteEndPoint?.ToString() ?? remote.ToString();
        _input = line.Transport.Input;
        _answers = new(line.Transport.Output, services.Options.FramesInFlight, services.Counters, services.Store, services.Time);
        _watch = new(services.Options, services.Time);
        _speaking = new(this, services.Sessions, services.Links);
    }

    /// <summary>Rises with every connection: the order in which they were opened.</summary>
    public long Number { get; } = Interlocked.Increment(ref _numbers);

    /// <summary>Remote address and port.</summary>
    public string Source { get; }

    /// <summary>Why we closed it, None while we did not.</summary>
    public IntakeReason ClosedFor => _closedFor;

    /// <summary>How long its oldest frame has waited for its commit.</summary>
    public TimeSpan CommitLag => _answers.CommitLag;

    /// <summary>Not read for now, because it uploads history and commits lag.</summary>
    public bool IsPaused => _paused;

    /// <summary>Sends a frame of ours between the answers. False when the connection ends before it takes it, or too many wait.</summary>
    public Task<bool> SendAsync(ReadOnlyMemory<byte> frame) => _answers.SendAsync(frame);

    public async Task RunAsync()
    {
        var answering = _answers.RunAsync();
        try
        {
            await ReadAsync();
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            _services.Counters.Count(IntakeReason.ConnectionLost);
        }
        finally
        {
            _answers.End();
            try
            {
                await answering;
            }
            finally
            {
                _speaking.Leave();
            }
        }
    }

    /// <summary>Takes in what has arrived, reads no more, answers what becomes durable, ends.</summary>
    public void Stop()
    {
        _stopping = true;
        _input.CancelPendingRead();
        _goOn.Set();
    }

    /// <summary>Called about once a second by the one heartbeat of all connections.</summary>
    public void Tick()
    {
        if (_answers.StuckFor >= _services.Options.SlowReader) Drop(IntakeReason.SlowReader);
        else if (_watch.IsSilent) Drop(IntakeReason.SilentPeer);
        else if (_watch.Line is not LineState.Flowing) _input.CancelPendingRead();
        if (_paused && !MustPause) ThreadPool.UnsafeQueueUserWorkItem(static connection => connection._goOn.Set(), this, preferLocal: false);
    }

    private async Task ReadAsync()
    {
        while (ClosedFor is IntakeReason.None)
        {
            var result = await _input.ReadAsync();
            var last = result.IsCompleted || _stopping;
            var line = last ? LineState.Ended : result.IsCanceled ? _watch.Line : LineState.Flowing;
            var buffer = result.Buffer;
            var (came, whole) = (buffer.Length, 0);
            while (ClosedFor is IntakeReason.None && FrameCutter.TryCut(ref buffer, out var cut, line) is var status && status is not FrameStatus.Incomplete)
            {
                if (status is FrameStatus.Complete) whole++;
                await TakeAsync(cut, status);
                if (_answers.IsFull) await _answers.RoomAsync();
                if (MustPause && History.IsIn(Segment(cut), _services.Time.GetUtcNow())) await PauseAsync();
            }

            _answers.Wake();
            _watch.Read(came, buffer.Length);
            _input.AdvanceTo(buffer.Start, buffer.End);
            if (last) return;
            if (line is LineState.Ended && whole is 0) Close(IntakeReason.SilentPeer);
        }
    }

    private bool MustPause => _services.Shedding.Level is not ShedLevel.None && !_stopping && ClosedFor is IntakeReason.None;

    /// <summary>The frame is taken and will be answered; what its logger sends behind it waits in the kernel.</summary>
    private async ValueTask PauseAsync()
    {
        _answers.Wake();
        _paused = true;
        while (MustPause) await _goOn.WaitAsync();
        _paused = false;
    }

    private static ReadOnlySpan<byte> Segment(in FrameCut cut) => FrameReader.Whole(cut).Slice(cut.SegmentStart, cut.SegmentLength);

    private ValueTask TakeAsync(in FrameCut cut, FrameStatus status)
    {
        var frame = FrameReader.Whole(cut);
        _watch.Took(status, cut.Why, frame.Length);
        var taken = Take(cut, status, frame);
        if (taken.Judged.Sender is null && Excess(frame.Length) is not IntakeReason.None and var excess)
        {
            Skip(excess, frame.Length);
            return ValueTask.CompletedTask;
        }

        _services.Counters.Frame(taken.Judged.Verdict, taken.Judged.Reason);
        ValueTask<FrameReceipt> append;
        try
        {
            append = _services.Frames.AppendAsync(taken.Arrival(_services.Time.GetUtcNow(), Source), cut.Frame, CancellationToken.None);
        }
        catch (FramesNotStoredException error)
        {
            NotTaken(error);
            return ValueTask.CompletedTask;
        }

        if (!append.IsCompletedSuccessfully) return TakenLaterAsync(append, taken, cut);
        Taken(append.Result, taken, frame);
        return ValueTask.CompletedTask;
    }

    private TakenFrame Take(in FrameCut cut, FrameStatus status, ReadOnlySpan<byte> frame)
    {
        var judged = _services.Judge.Judge(cut, status, frame, _remote, Source, _answer);
        if (judged.Sender is null) return new(judged, null, 0, null);
        var session = _speaking.Heard(judged.StationNo);
        var hash = FrameHash.Of(frame);
        var first = judged.MayRepeat ? session.FirstCopy(hash, frame) : null;
        return new(first is null ? judged : judged.AsRepeat(), session, hash, first);
    }

    /// <summary>The log's buffer was full: we waited, so the peer waits.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask TakenLaterAsync(ValueTask<FrameReceipt> append, TakenFrame taken, FrameCut cut)
    {
        try
        {
            var receipt = await append;
            Taken(receipt, taken, FrameReader.Whole(cut));
        }
        catch (FramesNotStoredException error)
        {
            NotTaken(error);
        }
    }

    /// <summary>The log ends, or failed: the station hears nothing and sends again.</summary>
    private void NotTaken(FramesNotStoredException error)
    {
        _services.Counters.Count(IntakeReason.NotStored);
        _services.Store.Failed(error);
    }

    private void Taken(in FrameReceipt receipt, in TakenFrame taken, ReadOnlySpan<byte> frame)
    {
        if (taken.Judged.IsAccepted) taken.Session?.Remember(taken.Hash, frame, receipt.Durable);
        _answers.Add(receipt, taken.FirstCopy, _answer.WrittenSpan);
    }

    /// <summary>Why bytes that nobody vouches for are not kept; None when they are.</summary>
    private IntakeReason Excess(long bytes) => _watch.IsFlooded ? IntakeReason.RubbishFlood
        : _services.Quarantine.TryTake(_remote, bytes) ? IntakeReason.None : IntakeReason.QuarantineFull;

    /// <summary>A line on which a station has spoken lives on, whatever else comes over it; a stranger's does not.</summary>
    private void Skip(IntakeReason reason, long bytes)
    {
        _services.Counters.Skipped(bytes);
        if (_speaking.Any) _services.Counters.Count(reason);
        else Close(reason);
    }

    /// <summary>Ends reading; what was taken in is still answered.</summary>
    private void Close(IntakeReason reason)
    {
        if (ClosedFor is not IntakeReason.None) return;
        _closedFor = reason;
        _services.Counters.Count(reason);
    }

    private void Drop(IntakeReason reason)
    {
        Close(reason);
        _goOn.Set();
        _line.Abort(new ConnectionAbortedException(reason.Code()!));
    }
}
