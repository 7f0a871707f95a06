using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Evidence;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Alarms;

public class AlarmApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Alarms_are_listed_found_and_handled_over_http(Engine engine)
    {
        await using var api = await ApiBench.OpenAsync(engine);
        await api.Get<IAlarmDesk>().HandleAsync(AlarmBench.Signal(), Token);
        var (status, page) = await api.GetAsync("/alarms?mn=MN-GAS&open=true&kind=exceedance");
        var alarm = page.GetProperty("items")[0];
        Assert.Equal((200, JsonValueKind.Null), (status, page.GetProperty("next").ValueKind));
        Assert.Equal(("active", "2026-11-25T08:00:00+08:00", "56"), (Text(alarm, "state"), Text(alarm, "since"), alarm.GetProperty("args").GetProperty("value").GetString()));
        var path = "/alarms/" + Text(alarm, "id");
        Assert.Equal(200, (await api.GetAsync(path)).Status);
        Assert.Equal(200, (await api.SendAsync(HttpMethod.Post, path + "/acknowledge")).Status);
        var (again, problem) = await api.SendAsync(HttpMethod.Post, path + "/acknowledge", new { note = "x" });
        Assert.Equal((409, "alarm.already-acknowledged"), (again, Text(problem, "type")));
        var (bad, missing) = await api.SendAsync(HttpMethod.Post, path + "/shelve", new { minutes = 10 });
        Assert.Equal((400, "alarm.reason-missing", "reason"), (bad, Text(missing, "type"), Text(missing, "field")));
        Assert.Equal("minutes", Text((await api.SendAsync(HttpMethod.Post, path + "/shelve", new { reason = "x" })).Body, "field"));
        Assert.Equal("minutes", Text((await api.SendAsync(HttpMethod.Post, path + "/shelve", new { minutes = 100_000, reason = "x" })).Body, "field"));
        Assert.Equal("shelved", Text((await api.SendAsync(HttpMethod.Post, path + "/shelve", new { minutes = 10, reason = "检修" })).Body, "state"));
        Assert.Equal("cleared", Text((await api.SendAsync(HttpMethod.Post, path + "/clear", new { reason = "误报" })).Body, "state"));
    }

    [Fact]
    public async Task Beyond_one_s_scope_an_alarm_does_not_exist()
    {
        await using var api = await ApiBench.OpenAsync(Engine.Sqlite);
        await api.Get<IAlarmDesk>().HandleAsync(AlarmBench.Signal(), Token);
        var id = Text((await api.GetAsync("/alarms")).Body.GetProperty("items")[0], "id");
        Assert.Equal(0, (await api.GetAsync("/alarms", scope: "2")).Body.GetProperty("items").GetArrayLength());
        Assert.Equal(404, (await api.GetAsync("/alarms/" + id, scope: "2")).Status);
        Assert.Equal(404, (await api.SendAsync(HttpMethod.Post, $"/alarms/{id}/clear", new { reason = "x" }, scope: "2")).Status);
        Assert.Equal(401, (await api.SendAsync(HttpMethod.Get, "/alarms", user: "")).Status);
    }

    [Theory]
    [InlineData("/alarms?kind=nonsense", "kind")]
    [InlineData("/alarms?limit=0", "limit")]
    [InlineData("/alarms?after=x", "after")]
    [InlineData("/notifications?after=x", "after")]
    [InlineData("/work-orders?limit=-1", "limit")]
    public async Task A_wrong_question_is_told_which_part_is_wrong(string path, string field)
    {
        await using var api = await ApiBench.OpenAsync(Engine.Sqlite);
        var (status, problem) = await api.GetAsync(path);
        Assert.Equal((400, field), (status, Text(problem, "field")));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Channels_keep_their_secrets_and_every_change_is_on_record(Engine engine)
    {
        await using var api = await ApiBench.OpenAsync(engine);
        var (bad, problem) = await api.SendAsync(HttpMethod.Put, "/notification-channels/ding", new { kind = "dingtalk", settings = new { } });
        Assert.Equal((400, "key"), (bad, Text(problem, "field")));
        var first = await api.SendAsync(HttpMethod.Put, "/notification-channels/ding", new { kind = "dingtalk", secrets = new { key = "top-secret", signSecret = "SEC" } });
        Assert.Equal(200, first.Status);
        await api.SendAsync(HttpMethod.Put, "/notification-channels/ding", new { kind = "dingtalk", enabled = false });
        var listed = (await api.GetAsync("/notification-channels")).Body.GetProperty("items")[0];
        Assert.DoesNotContain("top-secret", listed.GetRawText(), StringComparison.Ordinal);
        Assert.Equal((false, """["key","signSecret"]"""), (listed.GetProperty("enabled").GetBoolean(), listed.GetProperty("secrets").GetRawText()));
        await using var db = api.Get<IDatabase>().Read();
        var entries = await db.Set<LedgerEntryRow>().Where(entry => entry.Kind == "setting.notification.channel").Select(entry => entry.Body).ToListAsync(Token);
        Assert.Equal(2, entries.Count);
        Assert.All(entries, body => Assert.DoesNotContain("top-secret", body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_on_call_order_names_known_channels_only(Engine engine)
    {
        await using var api = await ApiBench.OpenAsync(engine);
        var plan = new { receiptMinutes = 5, people = new[] { new { name = "li", ways = new[] { new { channel = "hook", address = "a" } } } } };
        var (bad, problem) = await api.SendAsync(HttpMethod.Put, "/on-call", plan);
        Assert.Equal((400, "people[0].ways"), (bad, Text(problem, "field")));
        await api.SendAsync(HttpMethod.Put, "/notification-channels/hook", new { kind = "webhook", settings = new { url = "https://hook.example" } });
        Assert.Equal(200, (await api.SendAsync(HttpMethod.Put, "/on-call", plan)).Status);
        Assert.Equal(5, (await api.GetAsync("/on-call")).Body.GetProperty("receiptMinutes").GetInt32());
        await api.Get<IAlarmDesk>().HandleAsync(AlarmBench.Signal(), Token);
        var message = (await api.GetAsync("/notifications")).Body.GetProperty("items")[0];
        Assert.Equal(("li", "pending", "hook"), (Text(message, "person"), Text(message, "state"), Text(message, "channel")));
        Assert.Equal(0, (await api.GetAsync("/notifications", scope: "2")).Body.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_test_goes_out_at_once_also_over_a_channel_that_is_off_and_says_what_came_back()
    {
        await using var hook = await HttpPeer.StartAsync((200, "{}"), (500, "down"));
        await using var api = await ApiBench.OpenAsync(Engine.Sqlite);
        await api.SendAsync(HttpMethod.Put, "/notification-channels/hook", new { kind = "webhook", enabled = false, settings = new { url = hook.Url } });
        var (status, sent) = await api.SendAsync(HttpMethod.Post, "/notification-channels/hook/test", new { address = "13800000000" });
        Assert.Equal(200, status);
        Assert.Equal((200, JsonValueKind.Null), (status, sent.GetProperty("error").ValueKind));
        Assert.Contains("13800000000", Assert.Single(hook.Requests).Body, StringComparison.Ordinal);
        Assert.Contains("HTTP 500", Text((await api.SendAsync(HttpMethod.Post, "/notification-channels/hook/test", new { address = "1" })).Body, "error"), StringComparison.Ordinal);
        var (unknown, problem) = await api.SendAsync(HttpMethod.Post, "/notification-channels/none/test", new { address = "1" });
        Assert.Equal((400, "name"), (unknown, Text(problem, "field")));
        await using var db = api.Get<IDatabase>().Read();
        Assert.Equal(2, await db.Set<LedgerEntryRow>().CountAsync(entry => entry.Kind == "setting.notification.test", Token));
    }

    [Fact]
    public async Task The_receipt_page_shows_a_button_and_only_pressing_it_confirms()
    {
        await using var hook = await HttpPeer.StartAsync((200, "{}"));
        await using var api = await ApiBench.OpenAsync(Engine.Sqlite);
        await api.SendAsync(HttpMethod.Put, "/notification-channels/hook", new { kind = "webhook", settings = new { url = hook.Url } });
        await api.SendAsync(HttpMethod.Put, "/on-call", new { people = new[] { new { name = "li", ways = new[] { new { channel = "hook", address = "" } } } } });
        await api.Get<IAlarmDesk>().HandleAsync(AlarmBench.Signal(), Token);
        await api.Get<Qingyuan.Platform.Alarms.Notifications.Sending.OutboxSender>().SendDueAsync("hook", Token);
        var link = "/api/v1/notifications/receipt?token=" + Assert.Single(hook.Requests).Body.Split("token=")[1].Split('"')[0];
        Assert.Contains("<button>", await api.Http.GetStringAsync(link, Token), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await api.GetAsync("/notifications")).Body.GetProperty("items")[0].GetProperty("receiptAt").ValueKind);
        using var pressed = await api.Http.PostAsync(link, null, Token);
        Assert.Equal(200, (int)pressed.StatusCode);
        Assert.Equal(JsonValueKind.String, (await api.GetAsync("/notifications")).Body.GetProperty("items")[0].GetProperty("receiptAt").ValueKind);
        using var wrong = await api.Http.GetAsync(link[..^4] + "AAAA", Token);
        Assert.Equal(404, (int)wrong.StatusCode);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Orders_are_opened_worked_and_refused_over_http(Engine engine)
    {
        await using var api = await ApiBench.OpenAsync(engine);
        Assert.Equal("mn", Text((await api.SendAsync(HttpMethod.Post, "/work-orders", new { mn = "nobody", title = "x" })).Body, "field"));
        Assert.Equal("title", Text((await api.SendAsync(HttpMethod.Post, "/work-orders", new { mn = "MN-GAS" })).Body, "field"));
        var (unknown, nobody) = await api.SendAsync(HttpMethod.Post, "/work-orders", new { mn = "MN-GAS", title = "x", technician = "nobody" });
        Assert.Equal((400, "work-order.technician-invalid", "technician"), (unknown, Text(nobody, "type"), Text(nobody, "field")));
        var (created, order) = await api.SendAsync(HttpMethod.Post, "/work-orders", new { mn = "MN-GAS", title = "更换滤芯" });
        Assert.Equal((201, "dispatched", "li"), (created, Text(order, "state"), Text(order, "technician")));
        var path = "/work-orders/" + Text(order, "id");
        Assert.Equal(1, (await api.SendAsync(HttpMethod.Get, "/tasks", user: "li", role: Roles.Technician)).Body.GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await api.SendAsync(HttpMethod.Get, "/tasks", user: "wang", role: Roles.Technician)).Body.GetProperty("items").GetArrayLength());
        var (forbidden, problem) = await api.SendAsync(HttpMethod.Post, path + "/accept", user: "wang", role: Roles.Technician);
        Assert.Equal((403, "work-order.not-yours"), (forbidden, Text(problem, "type")));
        Assert.Equal("accepted", Text((await api.SendAsync(HttpMethod.Post, path + "/accept", user: "li", role: Roles.Technician)).Body, "state"));
        await api.SendAsync(HttpMethod.Post, path + "/arrive", new { note = "到场" }, user: "li", role: Roles.Technician);
        var (bad, missing) = await api.SendAsync(HttpMethod.Post, path + "/diagnose", new { }, user: "li", role: Roles.Technician);
        Assert.Equal((400, "cause"), (bad, Text(missing, "field")));
        var (typed, number) = await api.SendAsync(HttpMethod.Post, path + "/diagnose", new { cause = 5 }, user: "li", role: Roles.Technician);
        Assert.Equal((400, "cause"), (typed, Text(number, "field")));
        Assert.Equal("note", Text((await api.SendAsync(HttpMethod.Post, path + "/diagnose", new { cause = "x", note = "\u0001" }, user: "li", role: Roles.Technician)).Body, "field"));
        Assert.Equal(404, (await api.SendAsync(HttpMethod.Post, path + "/explode", new { })).Status);
        Assert.Equal(404, (await api.GetAsync(path, scope: "2")).Status);
        Assert.Equal(3, (await api.GetAsync(path)).Body.GetProperty("steps").GetArrayLength());
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
