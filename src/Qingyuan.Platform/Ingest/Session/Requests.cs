namespace Qingyuan.Platform.Ingest.Session;

/// <summary>A frame of ours on its way to one connection's output.</summary>
internal readonly record struct OutgoingRequest(ReadOnlyMemory<byte> Frame, TaskCompletionSource<bool> Taken);

/// <summary>Frames of ours that wait for one connection's output. Few and small: commands, not data.</summary>
internal sealed class Requests
{
    private const int Most = 32;
    private readonly Lock _lock = new();
    private List<OutgoingRequest> _waiting = [];
    private bool _closed;

    public bool Any
    {
        get
        {
            lock (_lock) return _waiting.Count > 0;
        }
    }

    public Task<bool> Add(ReadOnlyMemory<byte> frame)
    {
        lock (_lock)
        {
            if (_closed || _waiting.Count >= Most) return Task.FromResult(false);
            var taken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(new(frame, taken));
            return taken.Task;
        }
    }

    public List<OutgoingRequest> Take()
    {
        lock (_lock)
        {
            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }

    /// <summary>The connection has ended: nobody sends what still waits.</summary>
    public void Close()
    {
        lock (_lock) _closed = true;
        foreach (var request in Take()) request.Taken.SetResult(false);
    }
}
