using System.Diagnostics.Metrics;
using Qingyuan.Platform.Backup.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Nodes;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Host.Serving;

/// <summary>Meter <c>Qingyuan.Operations</c>: what an operator's own monitoring must know before it is too late. Asked once a minute, since asking takes a look at disk and database.</summary>
internal sealed class OperationsMetrics(IMeterFactory meters, IStorageStatus storage, ICluster cluster, IBackups backups, TimeProvider time) : BackgroundService
{
    private const string Name = "Qingyuan.Operations";
    private const int Latest = 20;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private volatile StorageStatus? _storage;
    private volatile IReadOnlyList<ReplicaView> _replicas = [];
    private volatile BackupRun? _backup;
    private volatile DrillReport? _drill;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var meter = meters.Create(Name);
        meter.CreateObservableGauge("qingyuan.storage.free", () => Said(_storage?.Free), "By", "Free on the disk of the data directory.");
        meter.CreateObservableGauge("qingyuan.storage.reserve", () => Said(_storage?.Reserve), "By", "With less than this free nothing is stored any more.");
        meter.CreateObservableGauge("qingyuan.storage.days", () => Said(_storage?.DaysLeft), "d", "Until only the reserve is left, at the present growth.");
        meter.CreateObservableGauge("qingyuan.database.replica.behind", () => _replicas.Where(replica => replica.BytesBehind is not null).Select(Behind), "By", "What a copy of the database has not replayed.");
        meter.CreateObservableGauge("qingyuan.backup.age", () => Said(Age(_backup?.At)), "s", "Since the newest backup that was taken.");
        meter.CreateObservableGauge("qingyuan.drill.age", () => Said(Age(_drill?.At)), "s", "Since the newest drill that found all as it should be.");
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do await LookAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }

    /// <summary>What cannot be asked is not told: an old figure would look like a good one.</summary>
    private async Task LookAsync(CancellationToken ct)
    {
        _storage = await AskAsync(() => storage.NowAsync(ct));
        _replicas = (await AskAsync(() => cluster.LookAsync(ct)))?.Replicas ?? [];
        _backup = (await AskAsync(() => backups.RunsAsync(Latest, ct)))?.FirstOrDefault(run => run.Why is null);
        _drill = (await AskAsync(() => backups.DrillsAsync(Latest, ct)))?.FirstOrDefault(drill => drill.Ok);
    }

    private static async Task<T?> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception error) when (Outage.Is(error))
        {
            return default; // the health check and the log say what is wrong
        }
    }

    private double? Age(DateTimeOffset? at) => at is { } then ? (time.GetUtcNow() - then).TotalSeconds : null;

    private static IEnumerable<Measurement<T>> Said<T>(T? value)
        where T : struct => value is { } known ? [new(known)] : [];

    private static Measurement<long> Behind(ReplicaView replica) => new(replica.BytesBehind!.Value, new KeyValuePair<string, object?>("replica", replica.Name));
}
