using Qingyuan.Console.Overview;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Tests.Console;

public class BoardTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void Samples_are_listed_but_counted_apart()
    {
        StationInfo[] stations = [Station(1, sample: false), Station(2, sample: true), Station(3, sample: true)];
        var snapshots = stations.ToDictionary(station => station.StationNo, station => new StationSnapshot { StationNo = station.StationNo, Link = Liveness.Live, Logger = Liveness.Live });
        var board = Board.Of(stations, snapshots, [Alarm(1), Alarm(2), Alarm(2), Alarm(null)], [], Now);
        Assert.Equal(4, board.Rows.Count);
        Assert.True(board.HasSamples);
        Assert.Equal((1, 1, 2), (board.Real.Stations, board.Real.Online, board.Real.Of(AlarmKind.Exceedance))); // the platform's own alarm is real
        Assert.Equal((2, 2, 2), (board.Samples.Stations, board.Samples.Online, board.Samples.Of(AlarmKind.Exceedance)));
    }

    private static StationInfo Station(int no, bool sample) => new(
        no, Guid.CreateVersion7(), "MN" + no, "站" + no, StationKind.Gas, 2017, FlagTable.Hj212, sample, "d", "D", "DA00" + no, null, null, null, 30, 1, null, null, []);

    private static AlarmView Alarm(int? station) => new(
        Guid.CreateVersion7(), station, AlarmKind.Exceedance, "exceedance:a21002", AlarmSeverity.Serious, AlarmState.Active, "a21002", "alarm.exceedance",
        new Dictionary<string, string>(), "R@1", null, Now.DateTime, Now, Now, 1, null, null, null, null, null, null);
}
