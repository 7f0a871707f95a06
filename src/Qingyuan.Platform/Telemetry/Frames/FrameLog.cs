using System.Buffers;
using Microsoft.Extensions.Hosting;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>
/// Group commit without a timer: while one buffer is being committed, the next one gathers. A full buffer makes appending wait.
/// The committer has a thread of its own, because it spends its life in fsync.
/// </summary>
internal sealed class FrameLog(FrameCommitter committer, BatchPackers packers, TelemetryOptions options) : IFrameLog, IHostedService, IDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private FrameBuffer _filling = new(options, packers);
    private FrameBuffer _spare = new(options, packers);
    private TaskCompletionSource? _room;
    private Thread? _thread;
    private long _nextBatch;
    private bool _stopping;

    public string? Trouble => committer.Trouble;

    public ValueTask<FrameReceipt> AppendAsync(FrameArrival arrival, ReadOnlySequence<byte> bytes, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, options.BufferBytes);
        return TryAppend(in arrival, in bytes, out var receipt, out var room) ? new(receipt) : WaitThenAppendAsync(arrival, bytes, room, ct);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _nextBatch = committer.Open();
        _thread = new(Run) { Name = "frame committer", IsBackground = true };
        _thread.Start();
        return Task.CompletedTask;
    }

    /// <summary>Stores what was received, then ends. A commit that waits for the world is left when <paramref name="cancellationToken"/> says so: nothing of it was acknowledged.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        SayStop();
        if (_thread is { } thread) await Task.Run(thread.Join, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        if (_stopping) return;
        SayStop();
        _thread?.Join();
    }

    private void SayStop()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool TryAppend(in FrameArrival arrival, in ReadOnlySequence<byte> bytes, out FrameReceipt receipt, out Task room)
    {
        lock (_gate)
        {
            if (_stopping || _thread is null) throw new FramesNotStoredException("The frame log is not running.", null);
            room = Task.CompletedTask;
            if (_filling.TryAdd(in arrival, in bytes, ref _nextBatch, out receipt))
            {
                if (_filling.Count == 1) Monitor.Pulse(_gate);
                return true;
            }

            room = (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            return false;
        }
    }

    private async ValueTask<FrameReceipt> WaitThenAppendAsync(FrameArrival arrival, ReadOnlySequence<byte> bytes, Task room, CancellationToken ct)
    {
        while (true)
        {
            await room.WaitAsync(ct);
            if (TryAppend(in arrival, in bytes, out var receipt, out room)) return receipt;
        }
    }

    private void Run()
    {
        while (Swap() is { } buffer)
        {
            if (buffer.Count == 0) committer.Probe();
            else committer.Commit(buffer);
            buffer.Clear();
            lock (_gate) _spare = buffer;
        }
    }

    /// <summary>Waits for frames and takes them. An empty buffer says: time to see whether storing works again. Null ends the committer.</summary>
    private FrameBuffer? Swap()
    {
        TaskCompletionSource? room;
        FrameBuffer full;
        lock (_gate)
        {
            while (_filling.Count == 0)
            {
                if (_stopping) return null;
                if (!Monitor.Wait(_gate, Trouble is null ? Timeout.InfiniteTimeSpan : ProbeInterval)) break;
            }

            (full, _filling, room, _room) = (_filling, _spare, _room, null);
        }

        room?.SetResult();
        return full;
    }
}
