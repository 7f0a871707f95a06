using System.Collections.Concurrent;
using Orleans.GrainDirectory;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>Where the twins of this node are. They live where the frames are applied, so no other node need be asked for one, and none that hangs is waited for.</summary>
internal sealed class NodeGrainDirectory(ILocalSiloDetails own) : IGrainDirectory
{
    public const string Name = "node";

    private readonly ConcurrentDictionary<GrainId, GrainAddress> _places = new();

    public Task<GrainAddress?> Register(GrainAddress address) => Task.FromResult<GrainAddress?>(_places.GetOrAdd(address.GrainId, address));

    public Task<GrainAddress?> Register(GrainAddress address, GrainAddress? previousAddress)
    {
        if (previousAddress is not null && Find(previousAddress) is { } previous) _places.TryUpdate(address.GrainId, address, previous);
        return Register(address);
    }

    public Task Unregister(GrainAddress address)
    {
        if (Find(address) is { } place) _places.TryRemove(new(address.GrainId, place));
        return Task.CompletedTask;
    }

    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult(_places.GetValueOrDefault(grainId));

    public Task UnregisterSilos(List<SiloAddress> siloAddresses)
    {
        // That this one was found dead ends it; until then its twins are where they are.
        foreach (var place in _places.Where(place => place.Value.SiloAddress is { } silo && !silo.Equals(own.SiloAddress) && siloAddresses.Contains(silo))) _places.TryRemove(place);
        return Task.CompletedTask;
    }

    // The same activation, also when the membership was of another version then.
    private GrainAddress? Find(GrainAddress address) => _places.TryGetValue(address.GrainId, out var place) && place.Matches(address) ? place : null;
}
