namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>Waits for a condition, never for a time.</summary>
internal static class Eventually
{
    public static Task That(Func<bool> condition, Action? meanwhile = null) => That(() => Task.FromResult(condition()), meanwhile);

    /// <summary>Gives up when <paramref name="progress"/> stands still, not when there is much to do.</summary>
    public static async Task That(Func<bool> condition, Func<long> progress)
    {
        for (var before = progress(); !condition(); before = progress()) await That(() => condition() || progress() != before);
    }

    public static async Task That(Func<Task<bool>> condition, Action? meanwhile = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            meanwhile?.Invoke();
            patience.Token.ThrowIfCancellationRequested();
            await Task.Delay(5, patience.Token);
        }
    }
}
