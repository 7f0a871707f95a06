using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Overview;

/// <summary>What is counted: of the real stations, or of the samples.</summary>
/// <param name="DueToday">Clocks that run out before midnight, station time.</param>
public sealed record Tally(int Stations, int Online, IReadOnlyList<AlarmKind> Alarms, int Orders, int Waiting, int Overdue, int DueToday)
{
    public int Of(params AlarmKind[] kinds) => Alarms.Count(kinds.Contains);

    public static Tally Of(
        IReadOnlyList<StationInfo> stations, IReadOnlyDictionary<int, StationSnapshot> snapshots,
        IReadOnlyList<AlarmView> alarms, IReadOnlyList<WorkOrderView> orders, DateTimeOffset now)
    {
        var today = StationClock.Wall(now).Date;
        var running = orders.Select(order => order.Clocks.Where(clock => clock.StoppedAt is null).ToList()).ToList();
        return new(
            stations.Count,
            stations.Count(station => snapshots.GetValueOrDefault(station.StationNo)?.Link is Liveness.Live),
            [.. alarms.Select(alarm => alarm.Kind)],
            orders.Count,
            orders.Count(order => order.State is WorkOrderState.Submitted),
            running.Count(clocks => clocks.Exists(clock => clock.Overdue || clock.DueAt < now)),
            running.Sum(clocks => clocks.Count(clock => StationClock.Wall(clock.DueAt).Date == today)));
    }
}
