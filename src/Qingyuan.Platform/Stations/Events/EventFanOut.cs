using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Events;

/// <summary>Reads new events once per node, whoever wrote them, and gives them to every listener. A listener that falls too far behind is ended; it resumes by number.</summary>
internal sealed class EventFanOut(IDatabase database, TimeProvider clock, ILogger<EventFanOut> log) : BackgroundService
{
    private const int Held = 1000;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Listener, bool> _listeners = new();
    private readonly SemaphoreSlim _rung = new(0, 1);
    private DateTimeOffset _pruned;

    /// <summary>Something was committed.</summary>
    public void Ring()
    {
        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // Rung already: the next look finds both.
        }
    }

    public Listener Listen()
    {
        var listener = new Listener(this);
        _listeners[listener] = true;
        return listener;
    }

    public override void Dispose()
    {
        _rung.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? last = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                last = last is null ? await NewestAsync(stoppingToken) : await HandOutAsync(last.Value, stoppingToken);
                await PruneAsync(stoppingToken);
                await _rung.WaitAsync(Look, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // Outermost loop: the database is away; followers wait and miss nothing, because the table is read again.
                EventLog.LookFailed(log, error);
                await Task.Delay(Look, clock, CancellationToken.None);
            }
        }
    }

    // On PostgreSQL a number can be committed after a higher one: a young gap is waited for, an old one was a transaction that failed.
    private async Task<long> HandOutAsync(long last, CancellationToken ct)
    {
        await using var db = database.Read();
        foreach (var row in await db.Set<EventRow>().Where(row => row.Seq > last).OrderBy(row => row.Seq).Take(Held / 2).ToListAsync(ct))
        {
            if (row.Seq != last + 1 && last > 0 && clock.GetUtcNow() - row.At < Patience) break;
            last = row.Seq;
            foreach (var (listener, _) in _listeners) listener.Take(row.ToEvent());
        }

        return last;
    }

    private async Task<long> NewestAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Set<EventRow>().MaxAsync(row => (long?)row.Seq, ct) ?? 0;
    }

    private async Task PruneAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now - _pruned < TimeSpan.FromHours(1)) return;
        var oldest = now - Kept;
        await database.WriteAsync((db, token) => db.Set<EventRow>().Where(row => row.At < oldest).ExecuteDeleteAsync(token), ct);
        _pruned = now;
    }

    /// <summary>One follower's queue.</summary>
    internal sealed class Listener(EventFanOut owner) : IDisposable
    {
        private readonly Channel<LiveEvent> _queue = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(Held) { SingleReader = true, SingleWriter = true });

        public ChannelReader<LiveEvent> Reader => _queue.Reader;

        public void Take(LiveEvent live)
        {
            if (!_queue.Writer.TryWrite(live)) Dispose();
        }

        public void Dispose()
        {
            owner._listeners.TryRemove(this, out _);
            _queue.Writer.TryComplete();
        }
    }
}
