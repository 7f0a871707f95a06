using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Qingyuan.Benchmarks.Ingest;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Stations.Twin;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Validity.Contracts;
using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Twins;

namespace Qingyuan.Benchmarks.Platform;

/// <summary>The platform with ever more of what follows a commit: the difference of two steps is the price of what the second one adds.</summary>
internal static class SliceSteps
{
    /// <summary>Name, whether twins are awake, and what is taken away.</summary>
    public static readonly (string Name, bool Twins, Action<IServiceCollection>? Change)[] All =
    [
        ("intake", false, services => WithoutTwins(services).AddSingleton<IStationTwins, IdleTwins>()),
        ("chunks", false, services => WithoutTwins(services).AddSingleton<IStationTwins, ChunksOnly>()),
        ("twins", true, services => services.Replace(ServiceDescriptor.Singleton<ITwinSignals, NoSignals>()).Replace(ServiceDescriptor.Singleton<IPeriodJudge, NoJudge>())),
        ("all", true, null),
    ];

    private static IServiceCollection WithoutTwins(IServiceCollection services) =>
        services.Remove(services.Single(each => each.ImplementationType == typeof(TwinStarter))) ? services : throw new InvalidOperationException("No starter.");

    private sealed class ChunksOnly(IChunkWriter chunks) : IStationTwins
    {
        public IStationTwin Of(int stationNo) => new Twin(stationNo, chunks);

        private sealed class Twin(int stationNo, IChunkWriter chunks) : IStationTwin
        {
            public Task ApplyAsync(IReadOnlyList<StationReport> reports) => KeepAsync(reports);

            public async Task KeepAsync(IReadOnlyList<StationReport> reports)
            {
                foreach (var report in reports)
                    if (TwinShapes.Values(report) is { } values) await chunks.ApplyAsync(stationNo, values, CancellationToken.None);
            }

            public Task LinkChangedAsync(bool connected, string remote, DateTimeOffset at) => Task.CompletedTask;

            public Task<StationSnapshot> SnapshotAsync() => throw new NotSupportedException();
        }
    }

    private sealed class NoSignals : ITwinSignals
    {
        public Task HandleAsync(int stationNo, Signal signal, CancellationToken ct) => Task.CompletedTask;

        public Task<IReadOnlyList<OpenSignal>> OpenAsync(int stationNo, CancellationToken ct) => Task.FromResult<IReadOnlyList<OpenSignal>>([]);
    }

    private sealed class NoJudge : IPeriodJudge
    {
        public Task<JudgedPeriod> JudgeHourAsync(int stationNo, TwinSettings settings, DateTime hour, CancellationToken ct) => Task.FromResult(new JudgedPeriod(false, []));

        public Task<JudgedPeriod> JudgeDayAsync(int stationNo, TwinSettings settings, DateTime day, CancellationToken ct) => Task.FromResult(new JudgedPeriod(false, []));
    }
}
