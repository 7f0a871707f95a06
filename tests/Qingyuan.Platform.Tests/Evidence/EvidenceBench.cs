using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Ledger.Storage;
using Qingyuan.Platform.Evidence;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Evidence.Digesting;
using Qingyuan.Platform.Evidence.Logging;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Months;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Evidence;

/// <summary>The slice over a database and a real folder whose disk the test can fill or kill. No service runs by itself: the test takes the turns.</summary>
internal sealed class EvidenceBench : IAsyncDisposable
{
    public static readonly Actor Technician = new("u:li", Roles.Technician, "OPS", "totp");
    public static readonly DateTimeOffset Start = new(2026, 11, 25, 8, 0, 0, TimeSpan.FromHours(8));
    private readonly ServiceProvider _provider;

    private EvidenceBench(ServiceProvider provider) => _provider = provider;

    public FakeTimeProvider Clock => (FakeTimeProvider)Get<TimeProvider>();

    public FaultyDisk Disk => (FaultyDisk)Get<ILogDisk>();

    public FakeFrames Frames => (FakeFrames)Get<IFrameReader>();

    public FakeEvidenceAlarm Alarm => (FakeEvidenceAlarm)Get<IEvidenceAlarm>();

    public ILedgerReader Reader => Get<ILedgerReader>();

    public FrameDigests Digests => Get<FrameDigests>();

    public IEvidenceHealth Health => Get<IEvidenceHealth>();

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    public static async Task<EvidenceBench> OpenAsync(Engine engine)
    {
        var services = new ServiceCollection();
        await TestDatabase.AddAsync(services, engine);
        return await OpenAsync(services, new DataDirectory(Directory.CreateTempSubdirectory("qingyuan-evidence-").FullName), new FakeTimeProvider(Start));
    }

    /// <summary>The process is gone and a new one starts on the same database and folder.</summary>
    public async Task<EvidenceBench> RestartAsync()
    {
        var (persistence, data, clock) = (Get<PersistenceOptions>(), Get<DataDirectory>(), Clock);
        await DisposeAsync();
        return await OpenAsync(new ServiceCollection().AddPersistence(persistence), data, clock);
    }

    public Task<Guid> RecordAsync(string note = "zero drift", int? station = FakeStations.Gas) => Get<IDatabase>().WriteAsync(
        (db, _) => Task.FromResult(Record(db, note, station)), TestContext.Current.CancellationToken);

    public Guid Record(QingyuanDb db, string note, int? station) => Get<IElectronicLedger>().Record(db, new(
        "om.work-order.repair", "work-order:1", station, null, Technician, Clock.GetUtcNow(), new JsonObject { ["note"] = note, ["value"] = "0.42", ["unit"] = "mg/L" }));

    /// <summary>The writer's turn, then a second later the one that seals.</summary>
    public async Task TurnAsync()
    {
        await Get<LogWriter>().TurnAsync(TestContext.Current.CancellationToken);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Get<LogWriter>().TurnAsync(TestContext.Current.CancellationToken);
    }

    public async Task<List<T>> RowsAsync<T>()
        where T : class
    {
        await using var db = Get<IDatabase>().Read();
        return await db.Set<T>().ToListAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private static async Task<EvidenceBench> OpenAsync(IServiceCollection services, DataDirectory data, FakeTimeProvider clock)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Organisation", "ORG")]).Build();
        services.AddLogging().AddSingleton(data).AddSingleton<TimeProvider>(clock)
            .AddSingleton<ILogDisk>(new FaultyDisk(new PhysicalDisk(data.Ledger)))
            .AddSingleton<ISecretProtector, TestProtector>()
            .AddSingleton<IEvidenceAlarm, FakeEvidenceAlarm>()
            .AddSingleton<ILedgerPlaces, FakePlaces>()
            .AddSingleton<IFrameReader, FakeFrames>()
            .AddSingleton<IDeletedMonths, NothingDeleted>()
            .AddEvidence(configuration);
        var provider = services.BuildServiceProvider();
        await provider.MigrateAsync(TestContext.Current.CancellationToken);
        return new(provider);
    }
}
