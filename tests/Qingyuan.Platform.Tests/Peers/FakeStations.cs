using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Tests.Peers;

/// <summary>Two real stations and a sample one.</summary>
internal sealed class FakeStations : IStationDirectory
{
    public const int Gas = 1;
    public const int Water = 2;
    public const int Sample = 3;

    private static readonly FactorSetting Nox = new("a21002", "氮氧化物", "Nitrogen oxides", "mg/m3", 1, null, null, null, "cems");

    public IReadOnlyList<StationInfo> All { get; } =
    [
        Station(Gas, "MN-GAS", "一号炉烟气", StationKind.Gas, "li"),
        Station(Water, "MN-WATER", "总排口", StationKind.Water, null),
        Station(Sample, "MN-SAMPLE", "样例站", StationKind.Gas, "sample-tech"),
    ];

    public event EventHandler? Changed
    {
        add { }
        remove { }
    }

    public StationAccess? FindAccess(ReadOnlySpan<char> mn) => null;

    public StationInfo? Find(string mn) => All.FirstOrDefault(station => station.Mn == mn);

    public StationInfo? Get(int stationNo) => All.FirstOrDefault(station => station.StationNo == stationNo);

    private static StationInfo Station(int no, string mn, string name, StationKind kind, string? technician) => new(
        no, Guid.CreateVersion7(), mn, name, kind, 2017, FlagTable.Hj212, no == Sample, "D1", "排污单位", "DA001", null, null, null, 60, 10, technician, null, [Nox]);
}
