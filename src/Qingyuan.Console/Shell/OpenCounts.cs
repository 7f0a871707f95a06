using Qingyuan.Console.Shared;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Shell;

/// <summary>How many alarms and orders are open for this person: the rail's badges. Samples are counted apart. One per circuit.</summary>
internal sealed class OpenCounts(IAlarmDesk alarms, IWorkOrders orders, IStationDirectory stations, ICurrentActor person, EventRelay relay) : IDisposable
{
    private const int Shown = 100; // the badge says 99+ beyond
    private readonly Dictionary<NavCount, (int Real, int Samples)> _counts = [];
    private IDisposable? _subscription;

    public event Action? Changed;

    public (int Real, int Samples) Of(NavCount what) => _counts.GetValueOrDefault(what);

    public Task StartAsync()
    {
        _subscription ??= relay.Subscribe(["alarm.", "work-order."], CountAsync);
        return CountAsync();
    }

    public void Dispose() => _subscription?.Dispose();

    private async Task CountAsync()
    {
        var scope = person.StationScope;
        _counts[NavCount.OpenAlarms] = Apart((await alarms.ListAsync(new(OpenOnly: true, Limit: Shown), scope, default)).Items.Select(alarm => alarm.StationNo));
        _counts[NavCount.OpenOrders] = Apart((await orders.ListAsync(new(OpenOnly: true, Limit: Shown), scope, default)).Items.Select(order => (int?)order.StationNo));
        Changed?.Invoke();
    }

    private (int Real, int Samples) Apart(IEnumerable<int?> of)
    {
        var all = of.ToList();
        var samples = all.Count(no => no is { } station && stations.Get(station) is { IsSample: true });
        return (all.Count - samples, samples);
    }
}
