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
    private readonly SettledEvents _events = new(database, clock, log);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<Listener, bool> _listeners = new();
    private readonly SemaphoreSlim _rung = new(0, 1);
    private DateTimeOffset _pruned;
    private long _settled;

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

    /// <summary>The number up to which a look back finds everything: what is later comes to those who listen already. Waits for the first look at the table.</summary>
    public async Task<long> SettledAsync(CancellationToken ct)
    {
        await _begun.Task.WaitAsync(ct);
        return Interlocked.Read(ref _settled);
    }

    public override void Dispose()
    {
        _rung.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await HandOutAsync(stoppingToken);
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

    private async Task HandOutAsync(CancellationToken ct)
    {
        var handed = 0;
        while (handed < Held / 2 && await _events.NextAsync(ct) is { Count: > 0 } rows)
        {
            handed += rows.Count;
            foreach (var row in rows)
            {
                // Said before it is handed out: who begins to listen in between finds it by looking back.
                Interlocked.Exchange(ref _settled, row.Seq);
                foreach (var (listener, _) in _listeners) listener.Take(row.ToEvent());
            }
        }

        if (_begun.Task.IsCompleted || _events.Settled is not { } settled) return;
        Interlocked.Exchange(ref _settled, settled);
        _begun.SetResult();
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
