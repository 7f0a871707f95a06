using System.Collections.Frozen;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Stations.Archive;

/// <summary>The archive in memory. Readers take one reference and never wait; a change builds a new snapshot.</summary>
internal sealed class StationDirectory(IDatabase database, ISecretProtector secrets) : IStationDirectory, IOrganisationStations, IHostedService, IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Snapshot _now = Snapshot.Empty;

    public event EventHandler? Changed;

    public IReadOnlyList<StationInfo> All => _now.All;

    public IReadOnlyList<StationInfo> Filed => _now.Filed;

    public StationAccess? FindAccess(ReadOnlySpan<char> mn) => _now.AccessBySpan.TryGetValue(mn, out var access) ? access : null;

    public StationAccess? GetAccess(int stationNo) => _now.Retired.GetValueOrDefault(stationNo) ?? (Get(stationNo) is { } station ? FindAccess(station.Mn) : null);

    public StationInfo? Find(string mn) => _now.ByMn.GetValueOrDefault(mn);

    public StationInfo? Get(int stationNo) => _now.ByNo.GetValueOrDefault(stationNo);

    public IReadOnlySet<int> Of(IReadOnlyCollection<string> organisations) =>
        _now.ByNo.Values.Where(station => station.DischargerCode is { Length: > 0 } code && organisations.Contains(code)).Select(station => station.StationNo).ToFrozenSet();

    public Task StartAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task LoadAsync(CancellationToken ct)
    {
        await _loading.WaitAsync(ct);
        try
        {
            await using var db = database.Read();
            var keys = (await db.Set<StationKeyRow>().OrderByDescending(key => key.Id).ToListAsync(ct)).ToLookup(key => key.StationNo);
            // The MN it has, or had when it went out of use.
            var rows = db.Set<StationRow>().OrderBy(row => row.StationNo)
                .Join(db.Set<StationMnRow>(), row => new { row.StationNo, End = row.RetiredAt }, mn => new { mn.StationNo, End = mn.Until }, (row, mn) => new { Row = row, mn.Mn });
            var (stations, alike) = (new List<(StationInfo, StationAccess)>(), new AlikeStations());
            await foreach (var each in rows.AsAsyncEnumerable().WithCancellation(ct))
                stations.Add((alike.Sharing(each.Row.ToInfo(each.Mn, keys[each.Row.StationNo].FirstOrDefault()?.From)), Access(each.Row, each.Mn, keys[each.Row.StationNo])));
            _now = new Snapshot(stations);
        }
        finally
        {
            _loading.Release();
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    public void Dispose() => _loading.Dispose();

    private StationAccess Access(StationRow row, string mn, IEnumerable<StationKeyRow> keys) =>
        new(row.StationNo, mn, row.Edition, secrets.Unprotect(row.Password), [.. row.AllowedNetworks.Select(network => IPNetwork.Parse(network))]) { Keys = [.. keys.Select(key => secrets.Unprotect(key.Key))] };

    private sealed class Snapshot
    {
        public static readonly Snapshot Empty = new([]);

        private readonly FrozenDictionary<string, StationAccess> _access;

        public Snapshot(IReadOnlyList<(StationInfo Info, StationAccess Access)> stations)
        {
            All = [.. stations.Where(station => station.Info.IsInUse).Select(station => station.Info)];
            var retired = stations.Where(station => !station.Info.IsInUse).ToList();
            ByNo = stations.ToFrozenDictionary(station => station.Info.StationNo, station => station.Info);
            Filed = retired.Count is 0 ? All : [.. All.Concat(retired.Select(station => station.Info).OrderByDescending(station => station.RetiredAt)).DistinctBy(station => station.Mn, StringComparer.Ordinal)];
            ByMn = Filed.ToFrozenDictionary(station => station.Mn, StringComparer.Ordinal);
            _access = stations.Where(station => station.Info.IsInUse).ToFrozenDictionary(station => station.Info.Mn, station => station.Access, StringComparer.Ordinal);
            AccessBySpan = _access.GetAlternateLookup<ReadOnlySpan<char>>();
            Retired = retired.ToFrozenDictionary(station => station.Info.StationNo, station => station.Access);
        }

        /// <summary>In use.</summary>
        public IReadOnlyList<StationInfo> All { get; }

        public IReadOnlyList<StationInfo> Filed { get; }

        /// <summary>Keys of what is out of use, for what it left.</summary>
        public FrozenDictionary<int, StationAccess> Retired { get; }

        public FrozenDictionary<int, StationInfo> ByNo { get; }

        public FrozenDictionary<string, StationInfo> ByMn { get; }

        public FrozenDictionary<string, StationAccess>.AlternateLookup<ReadOnlySpan<char>> AccessBySpan { get; }
    }
}
