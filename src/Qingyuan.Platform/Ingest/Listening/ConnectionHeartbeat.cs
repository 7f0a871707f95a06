using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Qingyuan.Platform.Ingest.Health;
using Qingyuan.Platform.Ingest.Session;

namespace Qingyuan.Platform.Ingest.Listening;

/// <summary>All open connections, and the one timer that watches their deadlines.</summary>
internal sealed class ConnectionHeartbeat(LoadShedding shedding, StoreWatch store, BalanceWatch balance, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<FieldConnection, byte> _open = new();

    public int Open => _open.Count;

    /// <summary>Connections that are not read, because they upload history and commits lag.</summary>
    public int Paused => _open.Keys.Count(connection => connection.IsPaused);

    public void Add(FieldConnection connection) => _open.TryAdd(connection, 0);

    public void Remove(FieldConnection connection) => _open.TryRemove(connection, out _);

    public void Tick()
    {
        var lag = TimeSpan.Zero;
        foreach (var (connection, _) in _open)
            if (connection.CommitLag is var waits && waits > lag) lag = waits;
        shedding.Observe(lag);
        store.Look();
        balance.Look();
        foreach (var (connection, _) in _open) connection.Tick();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) Tick();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A start that failed further on ends what it began without the host's stop, and the host would call this a death.
        }
    }
}
