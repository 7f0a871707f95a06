using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Hj212.Commands;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.RemoteControl.Contracts;
using Qingyuan.Platform.RemoteControl.Parameters;
using Qingyuan.Platform.RemoteControl.Patrols;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Scheduling;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.RemoteControl;

public class ParameterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.6.2-2")]
    public async Task A_parameter_that_is_not_as_filed_is_a_finding_and_a_filing_task_and_one_read_every_day(Engine engine)
    {
        var bench = await RemoteBench.OpenAsync(engine);
        using var zhao = await bench.PersonAsync(Roles.Dispatcher, fresh: false);
        await TellAsync(bench, "i13008", "1.05", 1);
        Assert.Equal(HttpStatusCode.OK, (await FileAsync(bench, zhao, new { factor = "w01018", code = "i13008", value = "1.02", note = "备案表 3" })).Status);
        await using var field = await bench.ConnectAsync();
        await ScanAsync(bench);

        var finding = Assert.Single((await zhao.GetAsync($"/findings?mn={bench.Mn}&kind=parameter-differs")).Body.GetProperty("items").EnumerateArray());
        Assert.Contains("1.05", finding.GetProperty("text").GetString(), StringComparison.Ordinal);
        var orders = await bench.Services.GetRequiredService<IWorkOrders>().ListAsync(new(bench.StationNo, OpenOnly: true), null, Token);
        Assert.Equal("filing", Assert.Single(orders.Items).Kind);
        await Eventually.That(() => field.CarriedOut.Any(message => message.Command is 3020));
        await ScanAsync(bench);
        Assert.Single((await zhao.GetAsync($"/stations/{bench.Mn}/commands")).Body.GetProperty("items").EnumerateArray(), command => command.GetProperty("command").GetString() is "read-information");

        await TellAsync(bench, "i13008", "1.020", 2);
        await Eventually.That(async () =>
        {
            await ScanAsync(bench);
            var listed = (await zhao.GetAsync($"/stations/{bench.Mn}/parameters")).Body[0];
            return listed.GetProperty("verdict").GetString() is "equal" && listed.GetProperty("actual").GetString() is "1.020";
        });
    }

    [Fact]
    public async Task Bad_input_names_its_field_and_a_technician_files_nothing()
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        using var zhao = await bench.PersonAsync(Roles.Dispatcher, fresh: false);
        foreach (var (body, field) in new (object, string)[]
                 {
                     (new { factor = "w01018", code = "i12001", value = "1", note = "x" }, "code"), (new { factor = "w99999", code = "i13008", value = "1", note = "x" }, "factor"),
                     (new { factor = "w01018", code = "i13008", value = "", note = "x" }, "value"), (new { factor = "w01018", code = "i13008", value = "1" }, "note"),
                 })
        {
            var (status, problem) = await FileAsync(bench, zhao, body);
            Assert.Equal((HttpStatusCode.BadRequest, field), (status, problem.GetProperty("field").GetString()));
        }

        using var li = await bench.PersonAsync(Roles.Technician, fresh: false);
        Assert.Equal(HttpStatusCode.Forbidden, (await FileAsync(bench, li, new { factor = "w01018", code = "i13008", value = "1", note = "x" })).Status);
    }

    [Theory]
    [InlineData(Engine.Sqlite, 2017)]
    [InlineData(Engine.Postgres, 2017)]
    [InlineData(Engine.Sqlite, 2005)]
    [Requirement("R-5.6.3-g7a")]
    public async Task A_patrol_reads_and_writes_a_report_into_the_ledger_with_what_does_not_answer_as_a_remark(Engine engine, int edition)
    {
        var bench = await RemoteBench.OpenAsync(engine, edition: edition);
        await using var field = await bench.ConnectAsync();
        using var zhao = await bench.PersonAsync(Roles.Dispatcher, fresh: false);
        using var asked = new ManualResetEventSlim(); // a device that answers at once would end the patrol before it is asked for again
        field.Reply = _ => asked.Wait(TimeSpan.FromMinutes(1), Token) ? RequestResult.Ready : null;
        var (first, second) = (await zhao.PostAsync($"/stations/{bench.Mn}/patrols", new { }), await zhao.PostAsync($"/stations/{bench.Mn}/patrols", new { }));
        asked.Set();
        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Equal("patrol.running", second.Body.GetProperty("type").GetString());
        JsonElement report = default;
        await Eventually.That(async () =>
        {
            await bench.Services.GetServices<IDueScan>().OfType<PatrolScan>().Single().LookAsync(Token);
            report = (await zhao.GetAsync($"/stations/{bench.Mn}/patrols")).Body[0];
            return report.GetProperty("endedAt").ValueKind is JsonValueKind.String;
        });
        var items = report.GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("code").GetString()!, item => item.GetProperty("fine").GetBoolean());
        Assert.True(items["patrol.read-clock"] && items["patrol.link"] && items["patrol.data"]);
        Assert.True(items["patrol.read-information"]); // 2005 has no word for it, which is no fault
        var entry = (await zhao.GetAsync($"/ledger-entries/{report.GetProperty("ledgerEntry").GetString()}")).Body;
        Assert.Equal("om.patrol.report", entry.GetProperty("kind").GetString());
    }

    [Fact]
    [Requirement("R-5.6.3-g7a")]
    public async Task A_planned_patrol_begins_once_a_day_by_itself()
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        using var zhao = await bench.PersonAsync(Roles.Dispatcher, fresh: false);
        using var put = await zhao.Client.PutAsJsonAsync(new Uri($"/api/v1/stations/{bench.Mn}/patrols/plan", UriKind.Relative), new { dailyAt = "00:00" }, Token);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var scan = bench.Services.GetServices<IDueScan>().OfType<PatrolScan>().Single();
        await Eventually.That(async () =>
        {
            await scan.LookAsync(Token);
            return (await bench.Services.GetRequiredService<IPatrols>().ListAsync(bench.StationNo, 10, Token)) is [{ EndedAt: not null }];
        });
        await scan.LookAsync(Token);
        var patrol = Assert.Single(await bench.Services.GetRequiredService<IPatrols>().ListAsync(bench.StationNo, 10, Token));
        Assert.Equal("r:REMOTE-PATROL@1", patrol.AskedBy);
        Assert.Contains(patrol.Items, item => item is { Code: "patrol.link", IsFine: false }); // nobody is connected
        Assert.Contains(patrol.Items, item => item is { Code: "patrol.read-clock", Found: "command.station-offline", IsFine: false });
        using var wrong = await zhao.Client.PutAsJsonAsync(new Uri($"/api/v1/stations/{bench.Mn}/patrols/plan", UriKind.Relative), new { dailyAt = "25:00" }, Token);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> FileAsync(RemoteBench bench, RemoteBench.Person person, object body)
    {
        using var response = await person.Client.PutAsJsonAsync(new Uri($"/api/v1/stations/{bench.Mn}/parameters", UriKind.Relative), body, Token);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement);
    }

    private static Task ScanAsync(RemoteBench bench) => bench.Services.GetServices<IDueScan>().OfType<ParameterScan>().Single().CompareAsync(Token);

    /// <summary>The analyser tells its setting by itself.</summary>
    private static async Task TellAsync(RemoteBench bench, string code, string value, int number)
    {
        using var logger = await Logger.ConnectAsync(bench.Hj212);
        await logger.SendAsync(Logger.Frame($"QN=2026030108000{number}001;ST=32;CN=3020;PW={FieldEnd.Password};MN={bench.Mn};Flag=5;CP=&&DataTime=2026030108000{number};PolId=w01018;{code}-Info={value}&&"));
        await logger.ReadAsync();
        var live = bench.Services.GetRequiredService<ILiveFeed>();
        await Eventually.That(() => live.Latest(bench.StationNo)?.DeviceStates.GetValueOrDefault(code + ":w01018") == value);
    }
}
