using System.Collections.Concurrent;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Tests.Ingest.Doubles;

internal sealed class RecordingChunks : IChunkWriter
{
    public ConcurrentQueue<long> Checkpoints { get; } = new();

    public ValueTask<ApplyOutcome> ApplyAsync(int stationNo, ReportedValues values, CancellationToken ct) => throw new NotSupportedException();

    public Task CheckpointAsync(long appliedThrough, CancellationToken ct)
    {
        Checkpoints.Enqueue(appliedThrough);
        return Task.CompletedTask;
    }
}

internal sealed class RecordingDesk : IAlarmDesk
{
    public ConcurrentQueue<AlarmSignal> Signals { get; } = new();

    public Task HandleAsync(AlarmSignal signal, CancellationToken ct)
    {
        Signals.Enqueue(signal);
        return Task.CompletedTask;
    }

    public Task<Page<AlarmView>> ListAsync(AlarmQuery query, IReadOnlySet<int>? scope, CancellationToken ct) => throw new NotSupportedException();

    public Task<AlarmView?> FindAsync(Guid id, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<AlarmView>> AcknowledgeAsync(Guid id, string? note, Actor actor, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<AlarmView>> ShelveAsync(Guid id, TimeSpan duration, string reason, Actor actor, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<AlarmView>> ClearAsync(Guid id, string reason, Actor actor, CancellationToken ct) => throw new NotSupportedException();
}

internal sealed class NoLedger : ILedgerReader
{
    public Task<Page<LedgerEntryView>> ListAsync(LedgerQuery query, CancellationToken ct) => throw new NotSupportedException();

    public Task<LedgerEntryView?> FindAsync(Guid id, CancellationToken ct) => throw new NotSupportedException();

    public Task<EntryVerification> VerifyAsync(Guid id, CancellationToken ct) => throw new NotSupportedException();

    public Task<byte[]?> BundleAsync(Guid id, CancellationToken ct) => throw new NotSupportedException();
}
