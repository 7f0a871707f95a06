namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>Waits for a condition, never for a time.</summary>
internal static class Eventually
{
    /// <summary>After which something is taken as wrong: no test's speed, so long that a busy machine does not get there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static Task That(Func<bool> condition, Action? meanwhile = null) => That(() => Task.FromResult(condition()), meanwhile);

    /// <summary>Gives up when <paramref name="progress"/> stands still, not when there is much to do.</summary>
    public static async Task That(Func<bool> condition, Func<long> progress)
    {
        for (var before = progress(); !condition(); before = progress()) await That(() => condition() || progress() != before);
    }

    public static async Task That(Func<Task<bool>> condition, Action? meanwhile = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            meanwhile?.Invoke();
            patience.Token.ThrowIfCancellationRequested();
            await Task.Delay(5, patience.Token);
        }
    }
}
