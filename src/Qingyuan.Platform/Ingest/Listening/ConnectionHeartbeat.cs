using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Qingyuan.Platform.Ingest.Session;

namespace Qingyuan.Platform.Ingest.Listening;

/// <summary>All open connections, and the one timer that watches their deadlines.</summary>
internal sealed class ConnectionHeartbeat(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<FieldConnection, byte> _open = new();

    public int Open => _open.Count;

    public void Add(FieldConnection connection) => _open.TryAdd(connection, 0);

    public void Remove(FieldConnection connection) => _open.TryRemove(connection, out _);

    public void Tick()
    {
        foreach (var (connection, _) in _open) connection.Tick();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) Tick();
    }
}
