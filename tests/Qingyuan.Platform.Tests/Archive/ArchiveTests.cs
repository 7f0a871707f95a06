using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Archive;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Archive;

public class ArchiveTests
{
    private static readonly Actor Dispatcher = new("u:d", Roles.Dispatcher, "self", "password");
    private static readonly StationDraft Draft = new("010000A8900016F000169DC0", "一号排口", StationKind.Gas, 2017, "123456") { DischargerCode = "works", AllowedNetworks = ["10.0.0.0/8"] };

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Files_a_station_with_its_usual_factors_once_and_finds_it_without_a_query(Engine engine)
    {
        await using var provider = await ProviderAsync(engine);
        var (archive, directory) = (provider.GetRequiredService<IStationArchive>(), provider.GetRequiredService<IStationDirectory>());
        var filed = (await archive.AddAsync(Draft, Dispatcher, default)).Value;
        Assert.Contains(filed.Factors, factor => factor is { Code: "a21026", Unit: "mg/m3" });
        Assert.Equal(filed.StationNo, (await archive.AddAsync(Draft, Dispatcher, default)).Value.StationNo);
        Assert.Equal("station.mn-taken", (await archive.AddAsync(Draft with { Name = "别的" }, Dispatcher, default)).Refusal.Code);
        Assert.Equal("station.mn-taken", (await archive.AddAsync(Draft with { Password = "654321" }, Dispatcher, default)).Refusal.Code);

        var access = directory.FindAccess(Draft.Mn.AsSpan())!;
        Assert.Equal("123456", Encoding.ASCII.GetString(access.Password));
        Assert.Equal("10.0.0.0/8", Assert.Single(access.AllowedNetworks).ToString());
        Assert.Null(directory.FindAccess("nobody"));
        Assert.Equal([filed.StationNo], provider.GetRequiredService<IOrganisationStations>().Of(["works"]));
        Assert.Empty(provider.GetRequiredService<IOrganisationStations>().Of([""]));
        Assert.Equal(["station.file"], provider.GetRequiredService<Records>().Kinds);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_position_is_filed_with_its_datum_and_stays_as_it_was_filed(Engine engine)
    {
        await using var provider = await ProviderAsync(engine);
        var (archive, directory) = (provider.GetRequiredService<IStationArchive>(), provider.GetRequiredService<IStationDirectory>());
        var position = new StationPosition(108.32015m, 22.81502m, PositionDatum.Gcj02);
        var filed = (await archive.AddAsync(Draft with { Position = position }, Dispatcher, default)).Value;
        Assert.Equal(position, filed.Position);
        Assert.Equal("station.mn-taken", (await archive.AddAsync(Draft with { Position = position with { Datum = PositionDatum.Wgs84 } }, Dispatcher, default)).Refusal.Code);
        Assert.Equal(["longitude"], (await archive.AddAsync(Draft with { Mn = "B", Position = position with { Longitude = 181 } }, Dispatcher, default)).Refusal.Args.Take(1));

        await archive.ChangeAsync(filed.StationNo, Draft with { Password = "" }, Dispatcher, default);
        Assert.Null(directory.Get(filed.StationNo)!.Position);
    }

    [Theory]
    [InlineData("""{"longitude":108.3,"latitude":22.8}""", "datum")]
    [InlineData("""{"longitude":108.3,"datum":"wgs84"}""", "latitude")]
    [InlineData("""{"datum":"wgs84"}""", "longitude")]
    public void Half_a_position_is_none(string json, string missing)
    {
        var station = System.Text.Json.Nodes.JsonNode.Parse("""{"mn":"A","name":"A","kind":"gas","edition":2017,"password":"123456"}""")!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject()) station[name] = value!.DeepClone();
        var refusal = StationReading.Draft(station).Refusal;
        Assert.Equal(("station.field-missing", missing), (refusal.Code, refusal.Args[0]));
    }

    [Fact]
    public async Task A_station_whose_filer_went_away_after_the_commit_is_known_to_the_listener()
    {
        await using var provider = await ProviderAsync(Engine.Sqlite);
        using var request = new CancellationTokenSource();
        provider.GetRequiredService<Records>().Committed = request.Cancel;
        await provider.GetRequiredService<IStationArchive>().AddAsync(Draft, Dispatcher, request.Token);
        Assert.NotNull(provider.GetRequiredService<IStationDirectory>().FindAccess(Draft.Mn.AsSpan()));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_new_logger_gets_the_station_and_the_old_mn_is_free_again(Engine engine)
    {
        await using var provider = await ProviderAsync(engine);
        var (archive, directory) = (provider.GetRequiredService<IStationArchive>(), provider.GetRequiredService<IStationDirectory>());
        var filed = (await archive.AddAsync(Draft, Dispatcher, default)).Value;
        var changed = (await archive.ChangeAsync(filed.StationNo, Draft with { Mn = "NEW1", Password = "" }, Dispatcher, default)).Value;
        Assert.Equal((filed.StationNo, "NEW1"), (changed.StationNo, changed.Mn));
        Assert.Null(directory.Find(Draft.Mn));
        Assert.Equal("123456", Encoding.ASCII.GetString(directory.FindAccess("NEW1")!.Password));
        Assert.NotEqual(filed.StationNo, (await archive.AddAsync(Draft with { Name = "二号" }, Dispatcher, default)).Value.StationNo);
        await using var db = provider.GetRequiredService<IDatabase>().Read();
        Assert.Equal(1, await db.Set<StationMnRow>().CountAsync(row => row.Until != null, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.7.2-2")]
    public async Task A_password_is_nowhere_readable_in_the_database(Engine engine)
    {
        await using var provider = await ProviderAsync(engine);
        await provider.GetRequiredService<IStationArchive>().AddAsync(Draft with { Password = "plain-secret" }, Dispatcher, default);
        await using var db = provider.GetRequiredService<IDatabase>().Read();
        var row = await db.Set<StationRow>().SingleAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("plain-secret", Encoding.ASCII.GetString(row.Password), StringComparison.Ordinal);
        Assert.DoesNotContain("plain-secret", provider.GetRequiredService<Records>().Bodies.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_field_that_cannot_be()
    {
        await using var provider = await ProviderAsync(Engine.Sqlite);
        var archive = provider.GetRequiredService<IStationArchive>();
        (string Field, StationDraft Draft)[] wrong =
        [
            ("mn", Draft with { Mn = "" }), ("mn", Draft with { Mn = "a b" }), ("mn", Draft with { Mn = new string('A', 65) }), ("name", Draft with { Name = " " }), ("name", Draft with { Name = "\u0001" }),
            ("edition", Draft with { Edition = 2018 }), ("password", Draft with { Password = "" }), ("password", Draft with { Password = "1;2" }), ("allowedNetworks", Draft with { AllowedNetworks = ["10"] }),
            ("referenceOxygen", Draft with { ReferenceOxygen = 21 }), ("realtimeSeconds", Draft with { RealtimeSeconds = 0 }),
            ("factors[0].code", Draft with { Factors = [new("", "x", "x", "1", 1, null, null, null, null)] }),
            ("factors[0].limit", Draft with { Factors = [new("a1", "x", "x", "1", 1, new(1, 2, null, LimitBasis.DailyMean, ""), null, null, null)] }),
        ];
        foreach (var (field, draft) in wrong) Assert.Equal(field, (await archive.AddAsync(draft, Dispatcher, default)).Refusal.Args[0]);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_technician_must_have_an_account_in_use_and_is_filed_as_it_is_written_there(Engine engine)
    {
        await using var provider = await ProviderAsync(engine);
        var archive = provider.GetRequiredService<IStationArchive>();
        var refusal = (await archive.AddAsync(Draft with { Technician = "nobody" }, Dispatcher, default)).Refusal;
        Assert.Equal(("station.technician-invalid", "technician"), (refusal.Code, (string?)refusal.Args[0]));
        var filed = (await archive.AddAsync(Draft with { Technician = "LI" }, Dispatcher, default)).Value;
        Assert.Equal("li", filed.Technician);
        Assert.Equal("station.technician-invalid", (await archive.ChangeAsync(filed.StationNo, Draft with { Technician = "nobody" }, Dispatcher, default)).Refusal.Code);
        Assert.Equal(["station.file"], provider.GetRequiredService<Records>().Kinds);
    }

    private static async Task<ServiceProvider> ProviderAsync(Engine engine)
    {
        var records = new Records();
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System).AddSingleton<ISecretProtector, TestProtector>().AddSingleton<ITechnicians, FakeTechnicians>().AddSingleton(records).AddSingleton<IElectronicLedger>(records).AddStationArchive();
        await TestDatabase.AddAsync(services, engine);
        var provider = services.BuildServiceProvider();
        await provider.MigrateAsync(default);
        return provider;
    }

    private sealed class Records : IElectronicLedger
    {
        public List<string> Kinds { get; } = [];

        public Action? Committed { get; set; }

        public List<string> Bodies { get; } = [];

        public Task<bool> HasAsync(QingyuanDb db, LedgerEntryDraft draft, CancellationToken ct) => Task.FromResult(false);

        public Guid Record(QingyuanDb db, LedgerEntryDraft draft)
        {
            if (Committed is { } committed) db.AfterCommit(committed);
            Kinds.Add(draft.Kind);
            Bodies.Add(draft.Body.ToJsonString());
            return Guid.CreateVersion7();
        }
    }
}
