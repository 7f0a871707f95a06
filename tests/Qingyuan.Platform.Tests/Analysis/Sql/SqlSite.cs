using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Edge;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Analysis.Sql;

/// <summary>Two stations of different dischargers with two days of hours, in the whole platform; made once for each engine.</summary>
internal sealed class SqlSite
{
    public const string Question = "factor=a21002,a19001&stations=SQLG1,SQLG2&from=2026-11-20T00:00:00%2B08:00&to=2026-11-22T00:00:00%2B08:00";

    /// <summary>In no table; filed for SQLG2 alone, which never reported it.</summary>
    public const string OwnFactor = "v90001";

    public static readonly DateTime Day = new(2026, 11, 20);

    private static readonly Dictionary<Engine, Lazy<Task<SqlSite>>> Sites = Enum.GetValues<Engine>().ToDictionary(engine => engine, engine => new Lazy<Task<SqlSite>>(() => OpenAsync(engine)));

    private SqlSite(HostHouse house) => House = house;

    public HostHouse House { get; }

    public ISqlWorkbench Workbench => House.Services.GetRequiredService<ISqlWorkbench>();

    public static Task<SqlSite> OfAsync(Engine engine) => Sites[engine].Value;

    public int Number(string mn) => House.Services.GetRequiredService<IStationDirectory>().Find(mn)!.StationNo;

    /// <summary>Somebody; sees all stations, or those.</summary>
    public Person Somebody(string name, params string[] mns) => new(name, mns is [] ? null : mns.Select(Number).ToHashSet());

    private static async Task<SqlSite> OpenAsync(Engine engine)
    {
        var site = new SqlSite(await HostHouse.OfAsync(engine));
        var (archive, chunks) = (site.House.Services.GetRequiredService<IStationArchive>(), site.House.Services.GetRequiredService<IChunkWriter>());
        foreach (var (mn, discharger, plus) in new[] { ("SQLG1", "works", 0), ("SQLG2", "sql-others", 100) })
        {
            var station = (await archive.AddAsync(
                new(mn, mn + " 号炉", StationKind.Gas, 2017, "123456")
                {
                    DischargerCode = discharger, DischargerName = discharger, Outlet = "DA001", Industry = "coke",
                    Factors = [Factor("a21002", "氮氧化物", new(140, null, null, LimitBasis.HourlyMean, "test")), Factor("a19001", "氧含量", null), .. plus > 0 ? new[] { Factor(OwnFactor, "自有", null) } : []],
                },
                Actor.Service("test", "self"), default)).Value;
            for (var hour = 0; hour < 48; hour++)
            {
                var at = Day.AddHours(hour);
                await chunks.ApplyAsync(station.StationNo, new(new((1L << 40) + hour, station.StationNo), Resolution.Hour, at, StationClock.Instant(at), [new("a21002", "Avg", $"{plus + hour}.0", "N", null), new("a19001", "Avg", $"{-hour}", "N", null)]), default);
            }

            await site.House.Services.GetRequiredService<IAlarmDesk>().HandleAsync(new(station.StationNo, AlarmKind.Exceedance, "sql-test", AlarmSeverity.Serious, true, Day.AddHours(3), "a21002", "alarm.exceedance", new Dictionary<string, string>(), "TEST@1", null), default);
        }

        return site;
    }

    private static FactorSetting Factor(string code, string name, EmissionLimit? limit) => new(code, name, code, "mg/m3", 1, limit, null, null, "cems");
}

/// <summary>A person as the platform sees one.</summary>
internal sealed class Person(string name, IReadOnlySet<int>? scope) : ICurrentActor
{
    public Actor Actor { get; } = new("u:" + name, Roles.Regulator, "self", "password");

    public IReadOnlySet<int>? StationScope { get; set; } = scope;
}
