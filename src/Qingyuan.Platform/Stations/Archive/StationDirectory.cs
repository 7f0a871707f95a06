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

    public StationAccess? FindAccess(ReadOnlySpan<char> mn) => _now.AccessBySpan.TryGetValue(mn, out var access) ? access : null;

    public StationInfo? Find(string mn) => _now.ByMn.GetValueOrDefault(mn);

    public StationInfo? Get(int stationNo) => _now.ByNo.GetValueOrDefault(stationNo);

    public IReadOnlySet<int> Of(IReadOnlyCollection<string> organisations) =>
        _now.All.Where(station => station.DischargerCode is { Length: > 0 } code && organisations.Contains(code)).Select(station => station.StationNo).ToFrozenSet();

    public Task StartAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task LoadAsync(CancellationToken ct)
    {
        await _loading.WaitAsync(ct);
        try
        {
            await using var db = database.Read();
            var keys = (await db.Set<StationKeyRow>().OrderByDescending(key => key.Id).ToListAsync(ct)).ToLookup(key => key.StationNo);
            var rows = db.Set<StationRow>().OrderBy(row => row.StationNo)
                .Join(db.Set<StationMnRow>().Where(mn => mn.Until == null), row => row.StationNo, mn => mn.StationNo, (row, mn) => new { Row = row, mn.Mn });
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
            All = [.. stations.Select(station => station.Info)];
            ByNo = All.ToFrozenDictionary(station => station.StationNo);
            ByMn = All.ToFrozenDictionary(station => station.Mn, StringComparer.Ordinal);
            _access = stations.ToFrozenDictionary(station => station.Info.Mn, station => station.Access, StringComparer.Ordinal);
            AccessBySpan = _access.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public IReadOnlyList<StationInfo> All { get; }

        public FrozenDictionary<int, StationInfo> ByNo { get; }

        public FrozenDictionary<string, StationInfo> ByMn { get; }

        public FrozenDictionary<string, StationAccess>.AlternateLookup<ReadOnlySpan<char>> AccessBySpan { get; }
    }
}
