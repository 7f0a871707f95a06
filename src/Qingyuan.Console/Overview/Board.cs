using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Overview;

/// <summary>One thing that needs somebody. An alarm that has an order appears as the order.</summary>
/// <param name="Due">The next running clock of the order, null when none runs.</param>
public sealed record AttentionRow(AlarmView? Alarm, WorkOrderView? Order, StationInfo? Station, DateTimeOffset? Due)
{
    public AlarmSeverity Severity => Alarm?.Severity ?? AlarmSeverity.Warning;

    public DateTimeOffset Since => Alarm?.RaisedAt ?? Order!.OpenedAt;
}

/// <summary>The duty board at one moment. Samples are listed with everything else but counted for themselves.</summary>
public sealed record Board(
    IReadOnlyList<StationInfo> Stations, IReadOnlyDictionary<int, StationSnapshot> Snapshots, IReadOnlyList<AttentionRow> Rows, Tally Real, Tally Samples)
{
    /// <summary>Whether samples are installed here at all.</summary>
    public bool HasSamples => Samples.Stations > 0;

    public static Board Of(
        IReadOnlyList<StationInfo> stations, IReadOnlyDictionary<int, StationSnapshot> snapshots,
        IReadOnlyList<AlarmView> alarms, IReadOnlyList<WorkOrderView> orders, DateTimeOffset now)
    {
        var byNo = stations.ToDictionary(station => station.StationNo);
        var byAlarm = alarms.ToDictionary(alarm => alarm.Id);
        var handled = orders.Select(order => order.AlarmId).OfType<Guid>().ToHashSet();
        var rows = orders
            .Select(order => new AttentionRow(order.AlarmId is { } id ? byAlarm.GetValueOrDefault(id) : null, order, byNo.GetValueOrDefault(order.StationNo), NextDue(order)))
            .Concat(alarms.Where(alarm => alarm.State is not AlarmState.Shelved && !handled.Contains(alarm.Id))
                .Select(alarm => new AttentionRow(alarm, null, alarm.StationNo is { } no ? byNo.GetValueOrDefault(no) : null, null)))
            .OrderByDescending(row => row.Severity).ThenBy(row => row.Due ?? DateTimeOffset.MaxValue).ThenBy(row => row.Since)
            .ToList();
        var samples = stations.Where(station => station.IsSample).Select(station => station.StationNo).ToHashSet();
        return new(stations, snapshots, rows, Count(sample: false), Count(sample: true));

        Tally Count(bool sample) => Tally.Of(
            [.. stations.Where(station => station.IsSample == sample)], snapshots,
            [.. alarms.Where(alarm => (alarm.StationNo is { } no && samples.Contains(no)) == sample)],
            [.. orders.Where(order => samples.Contains(order.StationNo) == sample)], now);
    }

    private static DateTimeOffset? NextDue(WorkOrderView order) =>
        order.Clocks.Where(clock => clock.StoppedAt is null).Select(clock => (DateTimeOffset?)clock.DueAt).Min();
}
