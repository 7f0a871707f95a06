using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Platform.Alarms;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence;
using Qingyuan.Platform.Operations;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Alarms;

/// <summary>The slices Alarms, Operations and Evidence on one database, with a clock the test moves. No service runs by itself.</summary>
internal sealed class AlarmBench : IAsyncDisposable
{
    public static readonly Actor Officer = new("u:zhao", Roles.Dispatcher, "org", "password");
    public static readonly DateTimeOffset Start = new(2026, 11, 25, 8, 0, 0, TimeSpan.FromHours(8));
    private readonly ServiceProvider _provider;

    private AlarmBench(ServiceProvider provider, FakeTimeProvider clock) => (_provider, Clock) = (provider, clock);

    public FakeTimeProvider Clock { get; }

    public IAlarmDesk Desk => Get<IAlarmDesk>();

    public FakeEvents Events => (FakeEvents)Get<IEventStream>();

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    public static async Task<AlarmBench> OpenAsync(Engine engine, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection();
        await TestDatabase.AddAsync(services, engine);
        return await OpenAsync(services, more);
    }

    /// <summary>A second process on the same database.</summary>
    public Task<AlarmBench> RestartAsync() =>
        OpenAsync(new ServiceCollection().AddPersistence(Get<PersistenceOptions>()), services => services.AddSingleton<TimeProvider>(Clock));

    public async Task ScanAsync()
    {
        foreach (var scan in _provider.GetServices<IDueScan>()) await scan.ScanAsync(TestContext.Current.CancellationToken);
    }

    public async Task<List<LedgerEntryRow>> LedgerAsync(string kind)
    {
        await using var db = Get<IDatabase>().Read();
        return await db.Set<LedgerEntryRow>().Where(row => row.Kind == kind).OrderBy(row => row.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    public async Task<List<T>> RowsAsync<T>()
        where T : class
    {
        await using var db = Get<IDatabase>().Read();
        return await db.Set<T>().ToListAsync(TestContext.Current.CancellationToken);
    }

    public async Task<IReadOnlyList<AlarmView>> AlarmsAsync() => (await Desk.ListAsync(new(), null, TestContext.Current.CancellationToken)).Items;

    public static AlarmSignal Signal(
        int? station = FakeStations.Gas, string cause = "exceedance:a21002", bool active = true, AlarmKind kind = AlarmKind.Exceedance,
        AlarmSeverity severity = AlarmSeverity.Serious, DateTime? since = null) => new(
        station, kind, cause, severity, active, since ?? StationClock.Wall(Start), "a21002", "alarm.exceedance",
        new Dictionary<string, string> { ["value"] = "56", ["limit"] = "50", ["unit"] = "mg/m3", ["period"] = "hour", ["bound"] = "upper" }, "ALARM-EXCEEDANCE@1", "12-3");

    public Task RaiseAsync(AlarmSignal? signal = null) => Desk.HandleAsync(signal ?? Signal(), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    /// <summary>The slices under test with stand-ins for their neighbours.</summary>
    public static IServiceCollection AddSlices(IServiceCollection services, TimeProvider clock)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Organisation", "org"), new("Alarms:PublicAddress", "https://console.example")]).Build();
        services.AddSingleton(clock);
        return services.AddLogging().AddEvidence(configuration).AddAlarms(configuration).AddOperations(configuration)
            .AddSingleton<IStationDirectory, FakeStations>().AddSingleton<IEventStream, FakeEvents>().AddSingleton<ISecretProtector, TestProtector>().AddSingleton<ITechnicians, FakeTechnicians>();
    }

    private static async Task<AlarmBench> OpenAsync(IServiceCollection services, Action<IServiceCollection>? more)
    {
        var clock = new FakeTimeProvider(Start);
        AddSlices(services, clock);
        more?.Invoke(services);
        var provider = services.BuildServiceProvider();
        await provider.MigrateAsync(TestContext.Current.CancellationToken);
        return new(provider, provider.GetRequiredService<TimeProvider>() as FakeTimeProvider ?? clock);
    }
}
