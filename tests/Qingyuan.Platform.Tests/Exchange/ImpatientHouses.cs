using Qingyuan.Platform.Tests.Edge;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Exchange;

/// <summary>Platforms, one per engine, that wait two seconds for an answer, once, and try again after one; for all tests of a class.</summary>
public sealed class ImpatientHouses : IAsyncDisposable
{
    private readonly Dictionary<Engine, HostHouse> _houses = [];

    public async Task<HostHouse> OfAsync(Engine engine)
    {
        if (!_houses.TryGetValue(engine, out var house))
            _houses.Add(engine, house = await HostHouse.AloneAsync(engine, ("Exchange:OverTime", "00:00:02"), ("Exchange:Resends", "0"), ("Exchange:RetryUnanswered", "00:00:01")));
        return house;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var house in _houses.Values) await house.DisposeAsync();
    }
}
