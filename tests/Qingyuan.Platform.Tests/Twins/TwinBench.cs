using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Stations.Twin;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Validity;

namespace Qingyuan.Platform.Tests.Twins;

/// <summary>A twin's shell on stores in memory and a clock that tests move.</summary>
internal sealed class TwinBench
{
    /// <summary>Now, wall clock: history lies before it.</summary>
    public static readonly DateTime Today = new(2026, 3, 2, 15, 20, 0);

    private int _frame;

    public TwinBench(StationInfo station)
    {
        Around.Stations.Add(station);
        Station = station;
    }

    public Around Around { get; } = new();

    public TelemetryInMemory Telemetry { get; } = new();

    public FakeTimeProvider Time { get; } = new(StationClock.Instant(Today));

    public LiveFeed Feed { get; } = new(NullLogger<LiveFeed>.Instance);

    public StationInfo Station { get; }

    public static StationInfo Gas() => Info(StationKind.Gas, 16m, 1,
        new("a21002", "氮氧化物", "NOx", "mg/m3", 1, new(50m, null, null, LimitBasis.HourlyConverted, "test"), null, 200m, "gas"),
        new("a19001", "含氧量", "O2", "%", 2, null, null, 25m, "o2"));

    public static StationInfo Water() => Info(StationKind.Water, null, 10,
        new("w01018", "化学需氧量", "COD", "mg/L", 1, new(50m, null, null, LimitBasis.DailyMean, "test"), 120, 200m, "cod"),
        new("w00000", "流量", "Flow", "L/s", 2, null, null, null, "flow"));

    public Task<TwinShell> BeginAsync()
    {
        var judge = new PeriodJudge(Telemetry, Telemetry);
        var effects = new TwinEffects(Around, judge, new StateRecorder(Around, Around, Around), Time);
        var memories = new TwinMemories(Telemetry, Telemetry, Around, new DeviceMemories(Around), new TwinOptions(), NullLogger<TwinMemories>.Instance);
        return TwinShell.BeginAsync(Station.StationNo, new(Around, Telemetry, effects, memories, Feed, Time, NullLogger<StationTwin>.Instance), CancellationToken.None);
    }

    public StationReport Report(string command, DateTime at, params (string Factor, string Quantity, string Text, string? Flag)[] values) => new()
    {
        FrameBatch = 1, FrameOrdinal = _frame++, ReceivedAt = Time.GetUtcNow(), Command = command, DataTime = at, RequestTime = StationClock.Wall(Time.GetUtcNow()),
        Values = [.. values.Select(value => new StationValue(value.Factor, value.Quantity, value.Text, value.Flag, null))],
    };

    /// <summary>Minute data of whole hours, then the frame after them that closes the last one.</summary>
    public IReadOnlyList<StationReport> Hours(DateTime from, int count, Func<DateTime, (string Factor, string Quantity, string Text, string? Flag)[]> values)
    {
        var reports = new List<StationReport>();
        for (var at = from; at < from.AddHours(count).AddMinutes(3); at = at.AddMinutes(Station.MinuteInterval)) reports.Add(Report("2051", at, values(at)));
        return reports;
    }

    public DerivedValue Derived(Resolution resolution, DateTime start, string factor) => Telemetry.Revisions[(1, resolution, start)][^1].Single(value => value.Factor == factor);

    public async Task PassAsync(TwinShell shell, TimeSpan time)
    {
        Time.Advance(time);
        await shell.TickAsync(CancellationToken.None);
    }

    private static StationInfo Info(StationKind kind, decimal? oxygen, int minutes, params FactorSetting[] factors) => new(
        1, Guid.CreateVersion7(), "TEST00000000000000000001", "test", kind, 2017, FlagTable.Hj212, false, "test", "test", "DA001", null, null, oxygen, 30, minutes, null, null, factors);
}
