using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>Tells twins that a link came or went, beside the read loops. Only the newest state per station is kept, so it is bounded by the number of stations.</summary>
internal sealed class LinkNotifier(ITwins twins, TimeProvider time, ILogger<LinkNotifier> log) : BackgroundService
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, (bool Connected, string Remote, DateTimeOffset At)> _waiting = [];
    private readonly Channel<int> _stations = Channel.CreateUnbounded<int>(new() { SingleReader = true });

    public void Changed(int stationNo, bool connected, string remote)
    {
        lock (_lock)
        {
            var known = _waiting.ContainsKey(stationNo);
            _waiting[stationNo] = (connected, remote, time.GetUtcNow());
            if (!known) _stations.Writer.TryWrite(stationNo);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var stationNo in _stations.Reader.ReadAllAsync(stoppingToken)) await TellAsync(stationNo);
    }

    private async Task TellAsync(int stationNo)
    {
        (bool Connected, string Remote, DateTimeOffset At) change;
        lock (_lock) _waiting.Remove(stationNo, out change);
        try
        {
            await twins.Of(stationNo).LinkChangedAsync(change.Connected, change.Remote, change.At);
        }
        catch (Exception error) // the outermost loop: one station's trouble must not stop the notices of all others
        {
            // The light stays as it was until the next change or frame; nothing that was received hangs on it.
            log.LinkNotTold(stationNo, change.Connected, error);
        }
    }
}
