namespace Qingyuan.Platform.Evidence.Recording;

/// <summary>Wakes the log writer when something was committed. Many rings before it looks count as one.</summary>
internal sealed class OutboxBell : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    public void Ring()
    {
        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already rung; the writer drains everything it finds.
        }
    }

    /// <summary>Returns when rung or after <paramref name="longest"/>.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken ct) => _rung.WaitAsync(longest, ct);

    public void Dispose() => _rung.Dispose();
}
