using System.Net;
using System.Text;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Benchmarks.Ingest;

/// <summary>An archive of as many stations as there are connections.</summary>
internal sealed class BenchStations(int count) : IStationDirectory
{
    private readonly Dictionary<string, StationAccess> _byMn = Enumerable.Range(0, count)
        .ToDictionary(BenchLogger.Mn, i => new StationAccess(i + 1, BenchLogger.Mn(i), 2017, Encoding.ASCII.GetBytes("123456"), Array.Empty<IPNetwork>()));

    public event EventHandler? Changed
    {
        add { }
        remove { }
    }

    public IReadOnlyList<StationInfo> All => [];

    public StationAccess? FindAccess(ReadOnlySpan<char> mn) => _byMn.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(mn, out var access) ? access : null;

    public StationInfo? Find(string mn) => null;

    public StationInfo? Get(int stationNo) => null;
}

/// <summary>No logger was ever exchanged.</summary>
internal sealed class BenchLoggers : ILoggerHistory
{
    public Task<IReadOnlyList<string>> MnsOfAsync(int stationNo, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>([BenchLogger.Mn(stationNo - 1)]);
}

/// <summary>Twins that take everything and do nothing: what they cost is measured elsewhere.</summary>
internal sealed class IdleTwins : IStationTwins
{
    private static readonly Twin Idle = new();

    public IStationTwin Of(int stationNo) => Idle;

    private sealed class Twin : IStationTwin
    {
        public Task ApplyAsync(IReadOnlyList<StationReport> reports) => Task.CompletedTask;

        public Task KeepAsync(IReadOnlyList<StationReport> reports) => Task.CompletedTask;

        public Task LinkChangedAsync(bool connected, string remote, DateTimeOffset at) => Task.CompletedTask;

        public Task<StationSnapshot> SnapshotAsync() => throw new NotSupportedException();
    }
}

internal sealed class IdleChunks : IChunkWriter
{
    public ValueTask<ApplyOutcome> ApplyAsync(int stationNo, ReportedValues values, CancellationToken ct) => new(ApplyOutcome.New);

    public Task CheckpointAsync(long appliedThrough, CancellationToken ct) => Task.CompletedTask;
}

internal sealed class IdleDesk : IAlarmDesk
{
    public Task HandleAsync(AlarmSignal signal, CancellationToken ct) => Task.CompletedTask;

    public Task<Page<AlarmView>> ListAsync(AlarmQuery query, IReadOnlySet<int>? scope, CancellationToken ct) => throw new NotSupportedException();

    public Task<AlarmView?> FindAsync(Guid id, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<AlarmView>> AcknowledgeAsync(Guid id, string? note, Actor actor, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<AlarmView>> ShelveAsync(Guid id, TimeSpan duration, string reason, Actor actor, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<AlarmView>> ClearAsync(Guid id, string reason, Actor actor, CancellationToken ct) => throw new NotSupportedException();
}

internal sealed class IdleLedger : ILedgerReader
{
    public Task<Page<LedgerEntryView>> ListAsync(LedgerQuery query, CancellationToken ct) => throw new NotSupportedException();

    public Task<LedgerEntryView?> FindAsync(Guid id, CancellationToken ct) => throw new NotSupportedException();

    public Task<EntryVerification> VerifyAsync(Guid id, CancellationToken ct) => throw new NotSupportedException();

    public Task<byte[]?> BundleAsync(Guid id, CancellationToken ct) => throw new NotSupportedException();
}
