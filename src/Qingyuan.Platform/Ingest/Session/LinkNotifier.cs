using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>Tells twins that a link came or went, beside the read loops. Only the newest state per station is kept, so it is bounded by the number of stations.</summary>
internal sealed class LinkNotifier(IStationTwins twins, TimeProvider time, ILogger<LinkNotifier> log) : BackgroundService
{
    private readonly Lock _lock = new();
    /// <summary>When a whole network comes back, what the twins record of it is committed together.</summary>
    private const int ToldAtOnce = 64;

    private readonly Dictionary<int, (bool Connected, string Remote, DateTimeOffset At)> _waiting = [];
    private readonly HashSet<int> _queued = []; // until the last change of the station is told: changes of one are told in order
    private readonly Channel<int> _stations = Channel.CreateUnbounded<int>(new() { SingleReader = true });

    public void Changed(int stationNo, bool connected, string remote)
    {
        lock (_lock)
        {
            _waiting[stationNo] = (connected, remote, time.GetUtcNow());
            if (_queued.Add(stationNo)) _stations.Writer.TryWrite(stationNo);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _stations.Reader.ReadAllAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = ToldAtOnce, CancellationToken = stoppingToken }, async (stationNo, _) =>
        {
            while (Take(stationNo) is { } change) await TellAsync(stationNo, change);
        });

    private (bool Connected, string Remote, DateTimeOffset At)? Take(int stationNo)
    {
        lock (_lock)
        {
            if (_waiting.Remove(stationNo, out var change)) return change;
            _queued.Remove(stationNo);
            return null;
        }
    }

    private async Task TellAsync(int stationNo, (bool Connected, string Remote, DateTimeOffset At) change)
    {
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
