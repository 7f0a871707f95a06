using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Exchange.Backfill;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Exchange.Importing;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Archive;
using Qingyuan.Platform.Stations.Archive.Importing;
using Qingyuan.Platform.Stations.Archive.Retiring;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Edge;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Ingest;
using Qingyuan.Rules.Exchange;

namespace Qingyuan.Platform.Tests.Archive;

/// <summary>Stations that go out of use, one by one and with the table they came from, and come back.</summary>
public class RetirementTests
{
    private static readonly Actor Officer = new("u:zhao", Roles.Dispatcher, "org", "password");
    private static int _numbers;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.5.3-5")]
    public async Task A_table_is_taken_back_but_for_stations_that_were_heard_or_are_being_repaired(Engine engine)
    {
        var house = await HostHouse.OfAsync(engine);
        var (silent, heard, inRepair) = (Mn(), Mn(), Mn());
        var table = $"MN,站点名称,监测类型,协议版本,上报密码\r\n{silent},静,废水,2017,123456\r\n{heard},响,废水,2017,123456\r\n{inRepair},修,废水,2017,123456\r\n";
        var sha256 = (await UploadAsync(house, table)).GetProperty("sha256").GetString();
        var stations = house.Services.GetRequiredService<IStationDirectory>();
        var first = stations.Find(silent)!.StationNo;
        using (var logger = await Logger.ConnectAsync(house.Hj212)) await SendAsync(logger, heard, 1);
        await RaiseAsync(house, first);
        var (cancelled, begun) = (await OpenOrderAsync(house, first), await OpenOrderAsync(house, stations.Find(inRepair)!.StationNo));
        Assert.True((await house.Services.GetRequiredService<IWorkOrders>().ActAsync(begun.Id, "accept", new Dictionary<string, string>(), Officer, Token)).IsOk);
        using var client = house.Client(Roles.Dispatcher);
        var import = Only(await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/stations/import", UriKind.Relative), Token), each => each.GetProperty("sha256").GetString() == sha256);

        Assert.Equal((HttpStatusCode.BadRequest, "station.reason-missing"), await RefusedAsync(client, Undo(import), new { }));
        using var answer = await client.PostAsJsonAsync(Undo(import), new { reason = "登记错了" }, Token);
        var undone = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);

        Assert.Equal(
            [(silent, true, null), (heard, false, "station.heard"), (inRepair, false, "work-order.in-hand")],
            undone.GetProperty("stations").EnumerateArray().Select(each => (each.GetProperty("mn").GetString()!, each.GetProperty("retired").GetBoolean(), each.GetProperty("code").GetString())));
        Assert.Contains(begun.Number, undone.GetProperty("stations")[2].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal((3, 2), (Number(undone.GetProperty("import"), "filed"), Number(undone.GetProperty("import"), "inUse")));
        Assert.Null(stations.FindAccess(silent));
        Assert.NotNull(stations.FindAccess(heard));
        Assert.Equal(WorkOrderState.Cancelled, (await house.Services.GetRequiredService<IWorkOrders>().FindAsync(cancelled.Id, Token))!.State);
        Assert.Empty((await house.Services.GetRequiredService<IAlarmDesk>().ListAsync(new(first, OpenOnly: true), null, Token)).Items);
        Assert.Equal(["station.import", "station.import-undo"], await KindsAsync(client, $"file:{sha256}"));
        Assert.Equal(["station.file", "station.retire"], await KindsAsync(client, $"station:{silent}"));

        // Filed anew it is another station: what belongs to the first one is not this one's.
        Assert.Equal(0, Number(await UploadAsync(house, table), "refused"));
        Assert.NotEqual(first, stations.Find(silent)!.StationNo);
        Assert.Equal((HttpStatusCode.Conflict, "station.mn-taken"), Status((await house.Services.GetRequiredService<IStationRetirement>().ReinstateAsync(first, "错了", Officer, Token)).Refusal));
        Assert.Equal((HttpStatusCode.NotFound, "station-import.not-found"), await RefusedAsync(client, new($"/api/v1/stations/import/{Guid.CreateVersion7()}/undo", UriKind.Relative), new { reason = "x" }));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.5.1-2")]
    public async Task A_station_out_of_use_keeps_its_data_is_heard_no_more_and_comes_back(Engine engine)
    {
        var house = await HostHouse.OfAsync(engine);
        using var client = house.Client(Roles.Dispatcher);
        var mn = Mn();
        object filed = new { mn, name = "旧排口", kind = "water", edition = "2017", password = "123456" };
        using (var made = await client.PostAsJsonAsync(new Uri("/api/v1/stations", UriKind.Relative), filed, Token)) Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var stations = house.Services.GetRequiredService<IStationDirectory>();
        var number = stations.Find(mn)!.StationNo;
        var lines = house.Services.GetRequiredService<IFieldLines>();
        using var logger = await Logger.ConnectAsync(house.Hj212);
        await SendAsync(logger, mn, 1);
        Assert.True(lines.IsLinked(number));
        await Eventually.That(async () => (await house.Services.GetRequiredService<ITelemetryReader>().LatestAsync(number, Token)).Count > 0);
        await RaiseAsync(house, number);

        foreach (var reason in (string?[])[null, " ", new('x', 501)]) Assert.Equal(HttpStatusCode.BadRequest, (await RefusedAsync(client, Act(mn, "retire"), new { reason })).Status);
        using (var gone = await client.PostAsJsonAsync(Act(mn, "retire"), new { reason = "排口已封堵" }, Token))
            Assert.Equal("排口已封堵", (await gone.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("retiredBecause").GetString());
        using (var again = await client.PostAsJsonAsync(Act(mn, "retire"), new { reason = "再来一次" }, Token))
            Assert.Equal("排口已封堵", (await again.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("retiredBecause").GetString());

        Assert.Equal((false, true, true), (await IsListedAsync(client, mn, "in-use"), await IsListedAsync(client, mn, "out-of-use"), await IsListedAsync(client, mn, "all")));
        Assert.Equal(HttpStatusCode.BadRequest, (await RefusedAsync(client, new("/api/v1/stations?state=gone", UriKind.Relative), null)).Status);
        var latest = await client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/stations/{mn}/latest", UriKind.Relative), Token);
        Assert.Contains("w01018", latest.GetRawText(), StringComparison.Ordinal);
        Assert.NotNull(stations.GetAccess(number));

        await RaiseAsync(house, number);
        Assert.Empty((await house.Services.GetRequiredService<IAlarmDesk>().ListAsync(new(number, OpenOnly: true), null, Token)).Items);
        Assert.Equal("station.retired", (await house.Services.GetRequiredService<IWorkOrders>().OpenAsync(number, "manual", "去看看", null, Officer, Token)).Refusal.Code);
        Assert.Equal((HttpStatusCode.Conflict, "station.retired"), await RefusedAsync(client, Act(mn, ""), filed, HttpMethod.Put));
        Assert.Equal((HttpStatusCode.Conflict, "station.mn-retired"), await RefusedAsync(client, new("/api/v1/stations", UriKind.Relative), filed));
        Assert.False(lines.IsLinked(number));
        await logger.SendAsync(Logger.Upload(mn, 7)); // it goes on as if nothing were
        await Eventually.That(() => house.Services.GetRequiredService<IIngestHealth>().UnknownStations.Any(each => each.Mn == mn));

        using (var back = await client.PostAsJsonAsync(Act(mn, "reinstate"), new { reason = "重新排污" }, Token)) Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Equal(number, stations.Find(mn)!.StationNo);
        await SendAsync(logger, mn, 8);
        Assert.True(lines.IsLinked(number));
        await Eventually.That(async () => (await house.Services.GetRequiredService<IStationTwins>().Of(number).SnapshotAsync()).Link is Liveness.Live);
        await RaiseAsync(house, number);
        Assert.Single((await house.Services.GetRequiredService<IAlarmDesk>().ListAsync(new(number, OpenOnly: true), null, Token)).Items, alarm => alarm.Cause is Cause);
        Assert.Equal(["station.file", "station.retire", "station.reinstate"], await KindsAsync(client, $"station:{mn}"));
        Assert.Equal((HttpStatusCode.NotFound, "station.not-found"), await RefusedAsync(client, Act(Mn(), "retire"), new { reason = "x" }));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_was_imported_for_a_station_keeps_it_and_its_mn_and_what_was_missing_is_asked_for_no_more(Engine engine)
    {
        var house = await HostHouse.OfAsync(engine);
        using var client = house.Client(Roles.Dispatcher);
        var (mn, other) = (Mn(), Mn());
        var sha256 = (await UploadAsync(house, $"MN,站点名称,监测类型,协议版本,上报密码\r\n{mn},只有比对,废水,2017,123456\r\n{other},另一个,废水,2017,123456\r\n")).GetProperty("sha256").GetString();
        var stations = house.Services.GetRequiredService<IStationDirectory>();
        var number = stations.Find(mn)!.StationNo;
        await KeepAsync(house, number);
        var import = Only(await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/stations/import", UriKind.Relative), Token), each => each.GetProperty("sha256").GetString() == sha256);

        using (var undone = await client.PostAsJsonAsync(Undo(import), new { reason = "错表" }, Token))
            Assert.Equal([(mn, "station.heard"), (other, null)], (await undone.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("stations").EnumerateArray().Select(each => (each.GetProperty("mn").GetString()!, each.GetProperty("code").GetString())));
        using (var nothing = await client.PostAsJsonAsync(Undo(import), new { reason = "再来" }, Token))
            Assert.Equal("错表", (await nothing.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("import").GetProperty("undoneBecause").GetString()); // nothing went this time
        using (var gone = await client.PostAsJsonAsync(Act(mn, "retire"), new { reason = "停产" }, Token)) Assert.Equal(HttpStatusCode.OK, gone.StatusCode);

        await using (var db = house.Services.GetRequiredService<IDatabase>().Read())
            Assert.Equal([(GapState.Unfillable, "station-retired"), (GapState.Filled, null)], (await db.Set<GapRow>().Where(row => row.StationNo == number).OrderBy(row => row.Start).ToListAsync(Token)).Select(row => (row.State, row.Why)));
        Assert.Equal("station.retired", (await house.Services.GetRequiredService<IBackfill>().AskAgainAsync(number, Resolution.Hour, Noon, Noon.AddDays(1), Officer, Token)).Refusal.Code);
        using var another = await client.PostAsJsonAsync(new Uri("/api/v1/stations", UriKind.Relative), new { mn = Mn(), name = "借用", kind = "water", edition = "2017", password = "123456" }, Token);
        var borrowed = (await another.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("mn").GetString()!;
        Assert.Equal((HttpStatusCode.Conflict, "station.mn-retired"), await RefusedAsync(client, Act(borrowed, ""), new { mn, name = "借用", kind = "water", edition = "2017" }, HttpMethod.Put));
    }

    [Fact]
    public async Task The_entry_of_the_largest_table_fits_into_the_ledger()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var drafts = Enumerable.Range(0, IStationTable.MostRows).Select(number => new StationDraft($"{number:D64}", "站", StationKind.Water, 2017, "123456")).ToList();
        var review = new StationTableReview("大表.csv", new('f', 64), [], []);
        Assert.NotEqual(Guid.Empty, await house.Services.GetRequiredService<StationImports>().BeginAsync(review, drafts, Officer, Token));
    }

    [Fact]
    public async Task What_is_opened_while_a_station_goes_is_ended_once_everybody_knows_that_it_went()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var mn = Mn();
        await UploadAsync(house, $"MN,站点名称,监测类型,协议版本,上报密码\r\n{mn},走的,废水,2017,123456\r\n");
        var directory = house.Services.GetRequiredService<StationDirectory>();
        var duty = new Watching(directory);
        var retirement = new StationRetirement(house.Services.GetRequiredService<IDatabase>(), house.Services.GetRequiredService<IElectronicLedger>(), directory, house.Services.GetRequiredService<KeptData>(), [duty], TimeProvider.System);
        Assert.True((await retirement.RetireAsync(directory.Find(mn)!.StationNo, "停产", Officer, Token)).IsOk);
        Assert.Equal([true, false], duty.WasInUse);
    }

    private sealed class Watching(StationDirectory directory) : IStationDuty
    {
        /// <summary>What the directory said at each asking.</summary>
        public List<bool> WasInUse { get; } = [];

        public Task EndAsync(QingyuanDb db, int stationNo, string reason, Actor actor, CancellationToken ct)
        {
            WasInUse.Add(directory.Get(stationNo)!.IsInUse);
            return Task.CompletedTask;
        }
    }

    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0);
    private const string Cause = "device:test";

    private static string Mn() => $"RETIRE{Interlocked.Increment(ref _numbers):D8}";

    private static Uri Act(string mn, string act) => new($"/api/v1/stations/{mn}{(act.Length is 0 ? "" : "/")}{act}", UriKind.Relative);

    private static Uri Undo(JsonElement import) => new($"/api/v1/stations/import/{import.GetProperty("id").GetString()}/undo", UriKind.Relative);

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static JsonElement Only(JsonElement list, Func<JsonElement, bool> fits) => Assert.Single(list.EnumerateArray(), each => fits(each));

    private static (HttpStatusCode, string) Status(Rules.Kernel.Refusal refusal) => (HttpStatusCode.Conflict, refusal.Code);

    private static async Task<JsonElement> UploadAsync(HostHouse house, string csv)
    {
        using var client = house.Client(Roles.Dispatcher);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "file", "站点.csv" } };
        using var answer = await client.PostAsync(new Uri("/api/v1/stations/import", UriKind.Relative), form, Token);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    /// <summary>One frame, acknowledged.</summary>
    private static async Task SendAsync(Logger logger, string mn, int number)
    {
        await logger.SendAsync(Logger.Upload(mn, number));
        Assert.Contains("CN=9014", await logger.ReadAsync(), StringComparison.Ordinal);
    }

    /// <summary>A laboratory's value, a missing hour and one that came late.</summary>
    private static Task<bool> KeepAsync(HostHouse house, int station) => house.Services.GetRequiredService<IDatabase>().WriteAsync(async (db, token) =>
    {
        var import = new ImportRow { Id = Guid.CreateVersion7(), State = ImportState.Confirmed, FileName = "比对.csv", Sha256 = new('0', 64), By = "u:zhao", At = TimeProvider.System.GetUtcNow() };
        db.Add(import);
        await db.SaveChangesAsync(token);
        db.Add(new LaboratoryRow { ImportNo = import.No, Row = 2, StationNo = station, Factor = "w01018", At = Noon, Value = "21.5" });
        db.Add(new GapRow { StationNo = station, Resolution = Resolution.Hour, Start = Noon, State = GapState.Missing, FoundAt = TimeProvider.System.GetUtcNow() });
        db.Add(new GapRow { StationNo = station, Resolution = Resolution.Hour, Start = Noon.AddHours(1), State = GapState.Filled, FoundAt = TimeProvider.System.GetUtcNow() });
        return true;
    }, Token);

    /// <summary>The same episode each time.</summary>
    private static Task RaiseAsync(HostHouse house, int station) => house.Services.GetRequiredService<IAlarmDesk>().HandleAsync(
        new(station, AlarmKind.EarlyWarning, Cause, AlarmSeverity.Warning, true, Noon, null, "alarm.climbing", new Dictionary<string, string>(), "TEST@1", null), Token);

    private static async Task<WorkOrderView> OpenOrderAsync(HostHouse house, int station) =>
        (await house.Services.GetRequiredService<IWorkOrders>().OpenAsync(station, "manual", "去看看", null, Officer, Token)).Value;

    private static async Task<(HttpStatusCode Status, string? Code)> RefusedAsync(HttpClient client, Uri uri, object? body, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? (body is null ? HttpMethod.Get : HttpMethod.Post), uri) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await client.SendAsync(request, Token);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("type").GetString());
    }

    private static async Task<bool> IsListedAsync(HttpClient client, string mn, string state) =>
        (await client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/stations?state={state}&limit=1000", UriKind.Relative), Token)).GetProperty("items").EnumerateArray().Any(each => each.GetProperty("mn").GetString() == mn);

    private static async Task<IReadOnlyList<string>> KindsAsync(HttpClient client, string subject) =>
        [.. (await client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/ledger-entries?subject={subject}", UriKind.Relative), Token)).GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()!).Where(kind => !kind.StartsWith("station.link", StringComparison.Ordinal)).Reverse()];
}
