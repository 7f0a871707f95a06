using Qingyuan.Console.Shared;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Security.Contracts;

namespace Qingyuan.Console.Shell;

/// <summary>How many alarms and orders are open for this person: the rail's badges. One per circuit.</summary>
internal sealed class OpenCounts(IAlarmDesk alarms, IWorkOrders orders, ICurrentActor person, EventRelay relay) : IDisposable
{
    private const int Shown = 100; // the badge says 99+ beyond
    private readonly Dictionary<NavCount, int> _counts = [];
    private IDisposable? _subscription;

    public event Action? Changed;

    public int Of(NavCount what) => _counts.GetValueOrDefault(what);

    public Task StartAsync()
    {
        _subscription ??= relay.Subscribe(["alarm.", "work-order."], CountAsync);
        return CountAsync();
    }

    public void Dispose() => _subscription?.Dispose();

    private async Task CountAsync()
    {
        var scope = person.StationScope;
        _counts[NavCount.OpenAlarms] = (await alarms.ListAsync(new(OpenOnly: true, Limit: Shown), scope, default)).Items.Count;
        _counts[NavCount.OpenOrders] = (await orders.ListAsync(new(OpenOnly: true, Limit: Shown), scope, default)).Items.Count;
        Changed?.Invoke();
    }
}
