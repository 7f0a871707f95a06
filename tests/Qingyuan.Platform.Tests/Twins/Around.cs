using System.Text.Json.Nodes;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Rules.Alarms;

namespace Qingyuan.Platform.Tests.Twins;

/// <summary>What stands around a twin: archive, alarms, ledger, events.</summary>
internal sealed class Around : IStationDirectory, ITwinSignals, IDatabase, IElectronicLedger, ILedgerReader, IEventStream
{
    public List<StationInfo> Stations { get; } = [];

    public List<Signal> Signals { get; } = [];

    public List<LedgerEntryDraft> Entries { get; } = [];

    /// <summary>Causes raised and cleared so far: <c>+cause@HH:mm</c>, <c>-cause@HH:mm</c>.</summary>
    public IEnumerable<string> Said => Signals.Select(signal => $"{(signal.Active ? '+' : '-')}{signal.Cause}@{signal.Since:HH:mm}");

    public IReadOnlyList<StationInfo> All => Stations;

    public event EventHandler? Changed { add { } remove { } }

    public StationAccess? FindAccess(ReadOnlySpan<char> mn) => null;

    public StationInfo? Find(string mn) => Stations.Find(station => station.Mn == mn);

    public StationInfo? Get(int stationNo) => Stations.Find(station => station.StationNo == stationNo);

    public Task HandleAsync(int stationNo, Signal signal, CancellationToken ct)
    {
        Signals.Add(signal);
        return Task.CompletedTask;
    }

    /// <summary>How often alarms cannot be read before they can.</summary>
    public int Failures { get; set; }

    public Task<IReadOnlyList<OpenSignal>> OpenAsync(int stationNo, CancellationToken ct) => Failures-- > 0 ? throw new IOException("away") : Task.FromResult<IReadOnlyList<OpenSignal>>(
        [.. Signals.GroupBy(signal => signal.Cause).Select(group => group.Last()).Where(signal => signal.Active).Select(signal => new OpenSignal(signal.Cause, signal.Since, signal.Factor, signal.Args))]);

    public QingyuanDb Read() => throw new NotSupportedException();

    public Task<T> WriteAsync<T>(Func<QingyuanDb, CancellationToken, Task<T>> act, CancellationToken ct) => act(null!, ct);

    public bool IsUniqueViolation(Exception error) => false;

    public Task<bool> HasAsync(QingyuanDb db, LedgerEntryDraft draft, CancellationToken ct) => Task.FromResult(Entries.Exists(entry =>
        entry.Kind == draft.Kind && entry.StationNo == draft.StationNo && entry.Device == draft.Device && entry.At == draft.At && JsonNode.DeepEquals(entry.Body, draft.Body)));

    public Task<Page<LedgerEntryView>> ListAsync(LedgerQuery query, CancellationToken ct) => Task.FromResult(new Page<LedgerEntryView>(
        [.. Entries.AsEnumerable().Reverse().Where(entry => entry.StationNo == query.StationNo && entry.Kind.StartsWith(query.KindPrefix ?? "", StringComparison.Ordinal)).Take(query.Limit)
            .Select(entry => new LedgerEntryView(Guid.CreateVersion7(), entry.Kind, entry.Subject, entry.StationNo, entry.Device, entry.Actor, entry.At, entry.At, entry.Body, EvidenceState.Received, null, null, null))], null));

    public Task<LedgerEntryView?> FindAsync(Guid id, CancellationToken ct) => throw new NotSupportedException();

    public Task<EntryVerification> VerifyAsync(Guid id, CancellationToken ct) => throw new NotSupportedException();

    public Task<byte[]?> BundleAsync(Guid id, CancellationToken ct) => throw new NotSupportedException();

    public Guid Record(QingyuanDb db, LedgerEntryDraft draft)
    {
        Entries.Add(draft);
        return Guid.CreateVersion7();
    }

    public void Publish(QingyuanDb db, string kind, int? stationNo, object data)
    {
    }

    public IAsyncEnumerable<LiveEvent> FollowAsync(long? afterSeq, CancellationToken ct) => AsyncEnumerable.Empty<LiveEvent>();
}
