using System.Text.Json.Nodes;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Twins;

namespace Qingyuan.Platform.Stations.Twin;

/// <summary>Writes changes of state into the ledger, those of many stations in one transaction.</summary>
internal sealed class StateRecorder
{
    private const int WrittenAtOnce = 200;
    private readonly IDatabase _database;
    private readonly IElectronicLedger _ledger;
    private readonly IEventStream _events;
    private readonly GroupCommit<(StationInfo Station, StateChange Change), bool> _changes;

    public StateRecorder(IDatabase database, IElectronicLedger ledger, IEventStream events)
    {
        (_database, _ledger, _events) = (database, ledger, events);
        _changes = new(changes => _database.WriteAsync((db, token) => RecordAsync(db, changes, token), CancellationToken.None), WrittenAtOnce);
    }

    /// <summary>Ends when it is committed. Frames since the last checkpoint are told again after a crash: what they said then stands in the ledger already.</summary>
    public Task RecordAsync(StationInfo station, StateChange change) => _changes.AddAsync((station, change));

    private async Task<IReadOnlyList<bool>> RecordAsync(QingyuanDb db, IReadOnlyList<(StationInfo Station, StateChange Change)> changes, CancellationToken ct)
    {
        var recorded = new List<bool>(changes.Count);
        foreach (var (station, change) in changes) recorded.Add(await RecordAsync(db, station, change, ct));
        return recorded;
    }

    private async Task<bool> RecordAsync(QingyuanDb db, StationInfo station, StateChange change, CancellationToken ct)
    {
        var body = new JsonObject(change.Fields.Where(field => field.Value.Length > 0).Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value)));
        if (change.Frame is { } frame) body["frame"] = frame;
        var actor = new Actor("d:" + station.Mn, "device", station.DischargerCode, "device");
        var draft = new LedgerEntryDraft(change.Kind, "station:" + station.Mn, station.StationNo, change.Device, actor, StationClock.Instant(change.At), body);
        if (await _ledger.HasAsync(db, draft, ct)) return false;
        _ledger.Record(db, draft);
        _events.Publish(db, change.Kind, station.StationNo, new { mn = station.Mn, at = StationClock.Instant(change.At), device = change.Device, fields = change.Fields });
        return true;
    }
}
