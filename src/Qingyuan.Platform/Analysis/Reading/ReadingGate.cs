namespace Qingyuan.Platform.Analysis.Reading;

/// <summary>Two questions are read at a time, the others wait in line: a question of five million values must not take the processors from those who answer loggers.</summary>
internal sealed class ReadingGate : IDisposable
{
    public const int AtOnce = 2;

    private readonly SemaphoreSlim _turns = new(AtOnce);

    /// <summary>Reads when it is its turn. Not from within another turn: that could wait for itself.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> read, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(read);
        await _turns.WaitAsync(ct);
        try
        {
            return await read();
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
