namespace Qingyuan.Platform.Shared.Persistence;

/// <summary>Small writes of many together: what comes while one transaction commits goes into the next one. No timer, so a lone write waits for nothing.</summary>
/// <param name="write">Writes all in one transaction; one result each, in order.</param>
/// <param name="most">At once.</param>
internal sealed class GroupCommit<TItem, TResult>(Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> write, int most)
{
    /// <summary>A store that is away fails everything: after so many in a row the rest need not be tried.</summary>
    private const int FailuresInARow = 3;

    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = [];
    private bool _isWriting;

    /// <summary>Ends when it is committed, with what <c>write</c> said of it, or fails as its own write failed.</summary>
    public Task<TResult> AddAsync(TItem item)
    {
        var waiting = new Waiting(item, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            _waiting.Enqueue(waiting);
            if (_isWriting) return waiting.Done.Task;
            _isWriting = true;
        }

        // Off the caller's turn, which may be a twin's, and without what hangs on its flow, such as the companion of one caller's writes.
        using (ExecutionContext.SuppressFlow()) _ = Task.Run(WriteAllAsync);
        return waiting.Done.Task;
    }

    private async Task WriteAllAsync()
    {
        while (Take() is { } group)
        {
            try
            {
                await WriteAsync(group);
            }
            catch (Exception) when (group.Length > 1) // one that cannot be written must not keep out the others
            {
                await EachAloneAsync(group);
            }
            catch (Exception error) // outermost loop of the writer: whoever waits for it is told
            {
                group[0].Done.SetException(error);
            }
        }
    }

    private async Task EachAloneAsync(Waiting[] group)
    {
        var (failures, last) = (0, (Exception?)null);
        foreach (var waiting in group)
        {
            if (failures == FailuresInARow)
            {
                waiting.Done.SetException(last!);
                continue;
            }

            try
            {
                await WriteAsync([waiting]);
                failures = 0;
            }
            catch (Exception error) // outermost loop of the writer: whoever waits for it is told
            {
                (failures, last) = (failures + 1, error);
                waiting.Done.SetException(error);
            }
        }
    }

    private async Task WriteAsync(Waiting[] group)
    {
        var results = await write([.. group.Select(waiting => waiting.Item)]);
        for (var at = 0; at < group.Length; at++) group[at].Done.SetResult(results[at]);
    }

    private Waiting[]? Take()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _isWriting = false;
                return null;
            }

            var group = new Waiting[Math.Min(most, _waiting.Count)];
            for (var at = 0; at < group.Length; at++) group[at] = _waiting.Dequeue();
            return group;
        }
    }

    private sealed record Waiting(TItem Item, TaskCompletionSource<TResult> Done);
}
