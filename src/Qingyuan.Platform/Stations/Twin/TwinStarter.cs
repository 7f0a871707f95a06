using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>Wakes the twin of every station in use, also those that send nothing: a silent station must be noticed.</summary>
internal sealed class TwinStarter(IStationDirectory stations, IStationTwins twins, TimeProvider time, ILogger<TwinStarter> log) : BackgroundService
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(30);
    private readonly HashSet<(int StationNo, DateTimeOffset? Since)> _awake = [];
    private readonly SemaphoreSlim _changed = new(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        stations.Changed += OnChanged;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var needed = stations.Filed.Where(station => !TwinShell.HasEnded(station, time.GetUtcNow())).Select(station => (station.StationNo, station.ReinstatedAt)).ToHashSet();
                _awake.IntersectWith(needed);
                foreach (var station in needed)
                    if (!_awake.Contains(station) && await WakeAsync(station.StationNo)) _awake.Add(station);
                await ChangedOrLaterAsync(stoppingToken);
            }
        }
        finally
        {
            stations.Changed -= OnChanged;
        }
    }

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    // One that could not be woken is tried again after a while, also when the archive stays as it is.
    private async Task ChangedOrLaterAsync(CancellationToken ct)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var changed = _changed.WaitAsync(waiting.Token);
        await Task.WhenAny(changed, Task.Delay(AgainAfter, time, waiting.Token));
        await waiting.CancelAsync();
        await changed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
    }

    private async Task<bool> WakeAsync(int stationNo)
    {
        try
        {
            await twins.Of(stationNo).SnapshotAsync();
            return true;
        }
        // Outermost loop: the other stations are woken nevertheless.
        catch (Exception error)
        {
            log.StartFailed(stationNo, error);
            return false;
        }
    }

    private void OnChanged(object? sender, EventArgs change)
    {
        if (_changed.CurrentCount == 0) _changed.Release();
    }
}
