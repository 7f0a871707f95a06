namespace Qingyuan.Platform.Shared.Persistence;

/// <summary>What also belongs into every transaction of a flow of calls, such as the note that a keyed request was carried out: stored with the act or not at all.</summary>
internal static class WriteCompanion
{
    private static readonly AsyncLocal<Func<QingyuanDb, CancellationToken, Task>?> Ambient = new();

    /// <summary>The companion of this flow, null when it has none.</summary>
    public static Func<QingyuanDb, CancellationToken, Task>? Current => Ambient.Value;

    /// <summary>Runs <paramref name="flow"/> with <paramref name="companion"/> in each of its transactions.</summary>
    public static async Task WithAsync(Func<QingyuanDb, CancellationToken, Task> companion, Func<Task> flow)
    {
        Ambient.Value = companion; // ends with this method: what an asynchronous method sets flows inwards only
        await flow();
    }
}
