using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Analysis.Export;
using Qingyuan.Platform.Analysis.Reading;
using Qingyuan.Platform.Analysis.Sql;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Telemetry;

namespace Qingyuan.Platform.Tests.Analysis;

/// <summary>Stations of a test's own over real chunks.</summary>
internal sealed class AnalysisSite : IAsyncDisposable
{
    public const string Nox = "a21002";

    public static readonly DateTime Day = new(2026, 11, 20);

    private long _batch;

    private AnalysisSite(TelemetryHouse house, StationInfo[] stations)
    {
        House = house;
        Data = new(house.Folder);
        Rows = new(house.Get<ITelemetryReader>(), new FiledStations(stations));
        Analysis = new(Rows);
        Export = new(Rows, new Shelf(Data, house.Time));
    }

    public TelemetryHouse House { get; }

    public DataDirectory Data { get; }

    public RowReader Rows { get; }

    public AnalysisReader Analysis { get; }

    public RowExport Export { get; }

    public static AnalysisQuery Hours(string factor = Nox) => new(factor, Day, Day.AddDays(1), Resolution.Hour);

    public static async Task<AnalysisSite> OpenAsync(params StationInfo[] stations) => new(await TelemetryHouse.OpenAsync(), stations);

    public static StationInfo Gas(int no, string mn, params FactorSetting[] factors) => Station(no, mn, StationKind.Gas, FlagTable.Hj75, factors);

    public static StationInfo Water(int no, string mn, params FactorSetting[] factors) => Station(no, mn, StationKind.Water, FlagTable.Hj212, factors);

    public static FactorSetting Factor(string code, string unit = "mg/m3", EmissionLimit? limit = null) => new(code, code, code, unit, 1, limit, null, null, null);

    public static EmissionLimit Limit(decimal upper, LimitBasis basis = LimitBasis.HourlyMean, decimal? cold = null) => new(upper, null, cold, basis, "test");

    public async Task HourAsync(int station, int hour, params (string Factor, string Quantity, string Text, string? Flag)[] values) =>
        await House.ApplyAsync(station, ++_batch, Day.AddHours(hour), Resolution.Hour, values);

    public async ValueTask DisposeAsync()
    {
        Rows.Dispose();
        await House.DisposeAsync();
    }

    private static StationInfo Station(int no, string mn, StationKind kind, FlagTable flags, FactorSetting[] factors) =>
        new(no, Guid.CreateVersion7(), mn, mn + " 站", kind, 2017, flags, false, "D1", "排污单位", "DA001", null, "coke", null, 60, 1, null, null, factors);
}

/// <summary>Stations as they are filed.</summary>
internal sealed class FiledStations(params StationInfo[] stations) : IStationDirectory
{
    public IReadOnlyList<StationInfo> All => stations;

    public event EventHandler? Changed
    {
        add { }
        remove { }
    }

    public StationAccess? FindAccess(ReadOnlySpan<char> mn) => null;

    public StationInfo? Find(string mn) => All.FirstOrDefault(station => station.Mn == mn);

    public StationInfo? Get(int stationNo) => All.FirstOrDefault(station => station.StationNo == stationNo);
}
