using System.Net;
using System.Text;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Tests.Ingest.Doubles;

/// <summary>An archive of stations that the test fills.</summary>
internal sealed class FakeDirectory : IStationDirectory
{
    private readonly Dictionary<string, StationAccess> _access = new(StringComparer.Ordinal);
    private readonly List<StationInfo> _all = [];

    public event EventHandler? Changed;

    public IReadOnlyList<StationInfo> All => _all;

    public int Add(string mn, string password = "123456", params IPNetwork[] networks)
    {
        var no = _all.Count + 1;
        _all.Add(new(
            no, Guid.CreateVersion7(), mn, mn, StationKind.Water, 2017, FlagTable.Hj212, false, "D", "D", "DW001", null, null, null, 60, 10, null, null, []));
        _access.Add(mn, new(no, mn, 2017, Encoding.ASCII.GetBytes(password), networks));
        Changed?.Invoke(this, EventArgs.Empty);
        return no;
    }

    /// <summary>The newest key of a station; earlier ones stay.</summary>
    public void File(string mn, string key) => _access[mn] = _access[mn] with { Keys = [Encoding.ASCII.GetBytes(key), .. _access[mn].Keys] };

    public StationAccess? FindAccess(ReadOnlySpan<char> mn) => _access.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(mn, out var found) ? found : null;

    public StationInfo? Find(string mn) => _all.Find(station => station.Mn == mn);

    public StationInfo? Get(int stationNo) => _all.Find(station => station.StationNo == stationNo);
}
