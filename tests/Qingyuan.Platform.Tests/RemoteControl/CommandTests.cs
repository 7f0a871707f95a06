using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Hj212.Commands;
using Qingyuan.Platform.Evidence;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Ingest;

namespace Qingyuan.Platform.Tests.RemoteControl;

public class CommandTests
{
    private static readonly object Analyser = new { factor = "w01018" };

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.6.3-w11")]
    [Requirement("R-5.6.3-g7b")]
    [Requirement("R-5.6.3-g6")]
    public async Task A_cleaning_lives_from_asking_to_done_by_what_the_device_says_and_every_step_is_in_the_ledger(Engine engine)
    {
        var bench = await RemoteBench.OpenAsync(engine);
        await using var field = await bench.ConnectAsync();
        using var li = await bench.PersonAsync(Roles.Technician);
        var (status, asked) = await li.AskAsync(bench.Mn, "clean", Analyser);
        Assert.Equal(HttpStatusCode.Created, status);
        var done = await bench.EndedAsync(li, asked.GetProperty("id").GetString()!);
        Assert.Equal(["requested", "released", "sent", "acknowledged", "done"], done.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("state").GetString()));
        Assert.Equal((3013, bench.Mn), (Assert.Single(field.CarriedOut).Command, field.CarriedOut.First().Mn));
        Assert.Contains("CP=&&PolId=w01018&&", Assert.Single(field.Arrived), StringComparison.Ordinal);
        Assert.Equal(("18.2", 1), (done.GetProperty("before").GetProperty("value").GetString(), done.GetProperty("replyCode").GetInt32()));

        // Each of the device's steps names the frame that says so, byte for byte in the log.
        foreach (var step in done.GetProperty("steps").EnumerateArray().Skip(3))
        {
            using var frame = await li.Client.GetAsync(new Uri("/api/v1/frames/" + step.GetProperty("frameId").GetString(), UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Contains($"QN={done.GetProperty("qn").GetString()};ST=91;CN=901", await frame.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await using var db = bench.Services.GetRequiredService<IDatabase>().Read();
        var subject = "command:" + done.GetProperty("id").GetString();
        var entries = await db.Set<LedgerEntryRow>().Where(row => row.Subject == subject).Select(row => row.Kind).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["om.command.acknowledged", "om.command.done", "om.command.released", "om.command.requested", "om.command.sent"], entries.Order());
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.6.3-wm")]
    public async Task A_mark_lies_around_it_and_a_person_can_set_and_end_his_own(Engine engine)
    {
        var bench = await RemoteBench.OpenAsync(engine);
        await using var field = await bench.ConnectAsync();
        using var li = await bench.PersonAsync(Roles.Technician);
        await bench.EndedAsync(li, (await li.AskAsync(bench.Mn, "clean", Analyser)).Body.GetProperty("id").GetString()!);
        var mark = Assert.Single((await li.GetAsync($"/stations/{bench.Mn}/marks")).Body.EnumerateArray());
        Assert.Equal(("M", "automatic", "clean", "w01018"), (Text(mark, "mark"), Text(mark, "source"), Text(mark, "command"), mark.GetProperty("factors")[0].GetString()));
        Assert.InRange((mark.GetProperty("to").GetDateTimeOffset() - mark.GetProperty("from").GetDateTimeOffset()).TotalMinutes, 10, 10.9);

        Assert.Equal("mark.field-invalid", Text((await li.PostAsync($"/stations/{bench.Mn}/marks", new { factors = new[] { "w99999" }, mark = "M", from = "2026-03-01T08:00:00+08:00", note = "x" })).Body, "type"));
        var (set, manual) = await li.PostAsync($"/stations/{bench.Mn}/marks", new { factors = new[] { "w01018" }, mark = "D", from = "2026-03-01T08:00:00+08:00", note = "泵管更换" });
        Assert.Equal((HttpStatusCode.Created, "manual"), (set, Text(manual, "source")));
        var (ended, after) = await li.PostAsync($"/stations/{bench.Mn}/marks/{Text(manual, "id")}/end", new { to = "2026-03-01T09:30:00+08:00", note = "已恢复" });
        Assert.Equal((HttpStatusCode.OK, "2026-03-01T09:30:00+08:00"), (ended, Text(after, "to")));
    }

    [Fact]
    [Requirement("R-5.6.3-w6")]
    public async Task The_clock_is_set_to_now_and_its_frame_never_goes_out_twice()
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        await using var field = await bench.ConnectAsync();
        using var dispatcher = await bench.PersonAsync(Roles.Dispatcher);
        var done = await bench.EndedAsync(dispatcher, Text((await dispatcher.AskAsync(bench.Mn, "set-clock")).Body, "id"));
        var written = ((Qingyuan.Hj212.Messages.Bodies.Clock)Assert.Single(field.CarriedOut).Body).Time;
        Assert.Equal(Text(done.GetProperty("parameters"), "systemTime"), written.ToString("s", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(StationClock.Wall(TimeProvider.System.GetUtcNow()), written, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Data_that_were_asked_for_are_the_result()
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        await using var field = await bench.ConnectAsync();
        using var li = await bench.PersonAsync(Roles.Technician);
        var done = await bench.EndedAsync(li, Text((await li.AskAsync(bench.Mn, "read-clock")).Body, "id"));
        Assert.Equal("done", Text(done, "state"));
        Assert.Equal(14, Text(done.GetProperty("result"), "SystemTime").Length);
        Assert.Contains(done.GetProperty("steps").EnumerateArray(), step => Text(step, "state") is "executing");
    }

    [Theory]
    [InlineData(RequestResult.Refused, ExecutionResult.Done, "refused", 2)]
    [InlineData(RequestResult.WrongPassword, ExecutionResult.Done, "refused", 3)]
    [InlineData(RequestResult.Ready, ExecutionResult.Failed, "failed", 2)]
    [InlineData(RequestResult.Ready, ExecutionResult.NoData, "failed", 100)]
    public async Task A_device_that_says_no_is_believed(RequestResult reply, ExecutionResult result, string state, int code)
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        await using var field = await bench.ConnectAsync();
        (field.Reply, field.Finish) = (_ => reply, _ => result);
        using var li = await bench.PersonAsync(Roles.Technician);
        var ended = await bench.EndedAsync(li, Text((await li.AskAsync(bench.Mn, "measure", Analyser)).Body, "id"));
        Assert.Equal((state, code), (Text(ended, "state"), ended.GetProperty("replyCode").GetInt32()));
    }

    [Fact]
    [Requirement("R-5.7.1-2")]
    public async Task Without_a_fresh_second_factor_nothing_is_asked_or_released()
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        await using var field = await bench.ConnectAsync();
        using var wang = await bench.PersonAsync(Roles.Technician, fresh: false);
        var (status, problem) = await wang.AskAsync(bench.Mn, "clean", Analyser);
        Assert.Equal((HttpStatusCode.Forbidden, "command.second-factor-required"), (status, Text(problem, "type")));
        Assert.Equal("totp.code-wrong", Text((await wang.PostAsync("/me/step-up", new { code = "000000" })).Body, "type"));
        var code = wang.NextCode;
        Assert.Equal(HttpStatusCode.OK, (await wang.PostAsync("/me/step-up", new { code })).Status);
        Assert.Equal("totp.code-wrong", Text((await wang.PostAsync("/me/step-up", new { code })).Body, "type"));
        Assert.Equal(HttpStatusCode.Created, (await wang.AskAsync(bench.Mn, "clean", Analyser)).Status);
    }

    [Fact]
    public async Task A_dangerous_one_waits_for_a_second_person_or_stands_in_an_open_order()
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        await using var field = await bench.ConnectAsync();
        using var zhao = await bench.PersonAsync(Roles.Dispatcher);
        using var qin = await bench.PersonAsync(Roles.QcManager);
        using var li = await bench.PersonAsync(Roles.Technician);
        Assert.Equal(HttpStatusCode.Forbidden, (await li.AskAsync(bench.Mn, "zero-calibration", Analyser)).Status);
        var id = Text((await zhao.AskAsync(bench.Mn, "zero-calibration", Analyser)).Body, "id");
        Assert.Equal("command.second-person-required", Text((await zhao.PostAsync($"/commands/{id}/release", new { })).Body, "type"));
        Assert.Equal("command.not-yours-to-release", Text((await li.PostAsync($"/commands/{id}/release", new { })).Body, "type"));
        Assert.Empty(field.Arrived);
        Assert.Equal(HttpStatusCode.OK, (await qin.PostAsync($"/commands/{id}/release", new { })).Status);
        var done = await bench.EndedAsync(zhao, id);
        Assert.Equal(("done", qin.Id), (Text(done, "state"), Text(done, "releasedBy")));

        var orders = bench.Services.GetRequiredService<IWorkOrders>();
        var order = (await orders.OpenAsync(bench.StationNo, "manual", "校准", null, new Actor(zhao.Id, Roles.Dispatcher, "self", "token"), TestContext.Current.CancellationToken)).Value;
        Assert.Equal("done", Text(await bench.EndedAsync(zhao, Text((await zhao.AskAsync(bench.Mn, "span-calibration", Analyser, order.Id)).Body, "id")), "state"));
        Assert.Equal("command.work-order-invalid", Text((await zhao.AskAsync(bench.Mn, "span-calibration", Analyser, Guid.CreateVersion7())).Body, "type"));
    }

    [Fact]
    public async Task What_was_asked_for_can_be_taken_back_until_it_goes_out()
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        await using var field = await bench.ConnectAsync();
        using var zhao = await bench.PersonAsync(Roles.Dispatcher);
        var id = Text((await zhao.AskAsync(bench.Mn, "zero-calibration", Analyser)).Body, "id");
        Assert.Equal("command.another-running", Text((await zhao.AskAsync(bench.Mn, "span-calibration", Analyser)).Body, "type"));
        Assert.Equal("cancelled", Text((await zhao.PostAsync($"/commands/{id}/cancel", new { })).Body, "state"));
        Assert.Equal("command.act-not-possible", Text((await zhao.PostAsync($"/commands/{id}/cancel", new { })).Body, "type"));
        Assert.Empty(field.Arrived);
    }

    [Theory]
    [InlineData("39.9", null)]
    [InlineData("40.0", "command.near-limit")]
    [InlineData("61.0", "command.near-limit")]
    public async Task Near_a_limit_it_is_refused_and_kept_and_nothing_goes_out_but_retention_still_works(string value, string? refusal)
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite, limit: 50);
        await using var field = await bench.ConnectAsync(value);
        using var li = await bench.PersonAsync(Roles.Technician);
        var (status, body) = await li.AskAsync(bench.Mn, "clean", Analyser);
        if (refusal is null)
        {
            Assert.Equal(HttpStatusCode.Created, status);
            return;
        }

        Assert.Equal((HttpStatusCode.Conflict, refusal), (status, Text(body, "type")));
        var kept = Assert.Single((await li.GetAsync($"/stations/{bench.Mn}/commands")).Body.GetProperty("items").EnumerateArray());
        Assert.Equal(("refused", refusal), (Text(kept, "state"), Text(kept.GetProperty("why"), "code")));
        Assert.Empty(field.Arrived);
        Assert.Equal("done", Text(await bench.EndedAsync(li, Text((await li.AskAsync(bench.Mn, "exceedance-retention")).Body, "id")), "state"));
    }

    [Fact]
    public async Task A_value_that_has_just_dropped_does_not_open_the_door_while_the_mean_of_the_last_hour_is_near_the_limit()
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite, limit: 50);
        await using var field = await bench.ConnectAsync("10.0");
        using var li = await bench.PersonAsync(Roles.Technician);
        var now = StationClock.Wall(TimeProvider.System.GetUtcNow());
        using (var line = await Logger.ConnectAsync(bench.Hj212))
        {
            await line.SendAsync(Logger.Frame($"QN={now:yyyyMMddHHmmss}777;ST=32;CN=2061;PW={FieldEnd.Password};MN={bench.Mn};Flag=5;CP=&&DataTime={now.AddHours(-1):yyyyMMddHH}0000;w01018-Min=38.0,w01018-Avg=40.0,w01018-Max=44.0,w01018-Flag=N&&"));
            await line.ReadAsync();
        }

        await Eventually.That(async () => (await li.GetAsync($"/stations/{bench.Mn}/readings?factor=w01018&resolution=hour")).Body.ToString().Contains("40.0", StringComparison.Ordinal));
        Assert.Equal("command.near-limit", Text((await li.AskAsync(bench.Mn, "clean", Analyser)).Body, "type"));
        Assert.Empty(field.Arrived);
    }

    [Theory]
    [InlineData("fly", null, "command.operation-invalid")]
    [InlineData("blow-back", "{\"factor\":\"w01018\"}", "command.operation-invalid")]
    [InlineData("clean", null, "command.parameter-missing")]
    [InlineData("clean", "{\"factor\":\"W01018\"}", "command.parameter-invalid")]
    [InlineData("clean", "{\"factor\":\"011\"}", "command.parameter-invalid")]
    [InlineData("clean", "{\"factor\":\"w01018;CN=3021\"}", "command.parameter-invalid")]
    [InlineData("clean", "{\"factor\":\"w01018\",\"slope\":\"1\"}", "command.parameter-invalid")]
    [InlineData("read-information", "{\"infoId\":\"w01018\"}", "command.parameter-invalid")]
    [InlineData("read-minutes", "{\"from\":\"yesterday\",\"to\":\"now\"}", "command.parameter-invalid")]
    [InlineData("restart", null, "command.no-wire")]
    public async Task Bad_input_is_told_by_its_field_and_nothing_goes_out(string command, string? parameters, string refusal)
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        await using var field = await bench.ConnectAsync();
        using var zhao = await bench.PersonAsync(Roles.Dispatcher);
        var (_, body) = await zhao.AskAsync(bench.Mn, command, JsonDocument.Parse(parameters ?? "{}").RootElement);
        Assert.Equal(refusal, Text(body, "type"));
        Assert.Empty(field.Arrived);
    }

    [Fact]
    [Requirement("R-5.6.3-g7d")]
    public async Task Every_operation_of_the_kind_is_listed_with_how_it_is_written_or_why_not()
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite, edition: 2017);
        await using var field = await bench.ConnectAsync();
        using var li = await bench.PersonAsync(Roles.Technician, fresh: false);
        var listed = (await li.GetAsync($"/stations/{bench.Mn}/operations")).Body.EnumerateArray().ToDictionary(each => Text(each, "command"));
        Assert.DoesNotContain("blow-back", listed.Keys);
        Assert.Equal("HJ 212-2017 表C.3", Text(listed["set-clock"], "wire"));
        Assert.Equal("此版本标准以同一命令进行零点和量程校准。", Text(listed["span-calibration"], "remark"));
        Assert.Equal("command.no-wire", Text(listed["mixed-retention"].GetProperty("unavailable"), "code"));
        Assert.True(listed["exceedance-retention"].GetProperty("available").GetBoolean());
        Assert.False(listed["standard-check"].GetProperty("available").GetBoolean());
    }

    [Fact]
    public async Task A_station_off_line_is_asked_nothing()
    {
        var bench = await RemoteBench.OpenAsync(Engine.Sqlite);
        using var li = await bench.PersonAsync(Roles.Technician);
        Assert.Equal("command.station-offline", Text((await li.AskAsync(bench.Mn, "read-clock")).Body, "type"));
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
