using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MimeKit;
using Qingyuan.Platform.Alarms.Notifications;
using Qingyuan.Platform.Alarms.Notifications.Channels;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Alarms;

[Requirement("R-5.6.4-8")]
public class ChannelTests
{
    private const string Yes = """{"errcode":0,"errmsg":"ok"}""";

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Mail_goes_out_over_smtp_with_station_value_limit_rule_and_links(Engine engine)
    {
        await using var mail = new MailPeer();
        await using var bench = await AlarmBench.OpenAsync(engine);
        await bench.ChannelAsync("mail", ChannelKind.Email, new() { ["host"] = "127.0.0.1", ["port"] = $"{mail.Port}", ["security"] = "none", ["from"] = "qingyuan@example.org" });
        await bench.OnCallAsync("li@mail");
        await bench.RaiseAsync();
        await bench.SendAsync();
        var message = Assert.Single(await bench.MessagesAsync());
        Assert.Equal((MessageState.Sent, null), (message.State, message.Error));
        var received = Assert.Single(mail.Received);
        Assert.Equal(("【严重】超标 一号炉烟气", "li@example.org"), (received.Subject, ((MailboxAddress)received.To[0]).Address));
        foreach (var expected in new[] { "MN-GAS", "氮氧化物", "56 mg/m³", "50 mg/m³", "ALARM-EXCEEDANCE@1", "https://console.example/alarms/", "/notifications/receipt?token=" })
            Assert.Contains(expected, received.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("token=", message.Text!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_server_that_cannot_be_reached_is_tried_again_later_and_the_message_stays(Engine engine)
    {
        await using var bench = await AlarmBench.OpenAsync(engine);
        await bench.ChannelAsync("mail", ChannelKind.Email, new() { ["host"] = "127.0.0.1", ["port"] = "1", ["security"] = "none", ["from"] = "qingyuan@example.org" });
        await bench.OnCallAsync("li@mail");
        await bench.RaiseAsync();
        await bench.SendAsync();
        var message = Assert.Single(await bench.MessagesAsync());
        Assert.Equal((MessageState.Pending, 1), (message.State, message.Attempts));
        Assert.NotNull(message.Error);
        Assert.InRange(message.DueAt - AlarmBench.Start, TimeSpan.FromSeconds(0.75), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Whatever_a_channel_throws_is_a_try_that_failed()
    {
        await using var bench = await AlarmBench.OpenAsync(Engine.Sqlite);
        await bench.Get<IDatabase>().WriteAsync(
            (db, _) => Task.FromResult(db.Add(new ChannelRow { Id = Guid.CreateVersion7(), Name = "broken", Kind = ChannelKind.Webhook, Enabled = true, Settings = "{}", Secrets = [1, 2, 3] })),
            TestContext.Current.CancellationToken);
        await bench.OnCallAsync("li@broken");
        await bench.RaiseAsync();
        await bench.SendAsync();
        var message = Assert.Single(await bench.MessagesAsync());
        Assert.Equal((MessageState.Pending, 1), (message.State, message.Attempts));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_webhook_that_fails_and_then_works_gets_the_message_once(Engine engine)
    {
        await using var hook = await HttpPeer.StartAsync((500, "down"), (503, "down"), (200, "{}"));
        await using var bench = await AlarmBench.OpenAsync(engine);
        await bench.WebhookAsync("hook", hook.Url);
        await bench.OnCallAsync("li@hook");
        await bench.RaiseAsync();
        for (var round = 0; round < 6; round++)
        {
            await bench.SendAsync();
            bench.Clock.Advance(TimeSpan.FromSeconds(8));
        }

        Assert.Equal(3, hook.Requests.Count);
        var message = Assert.Single(await bench.MessagesAsync());
        Assert.Equal((MessageState.Sent, 3, null), (message.State, message.Attempts, message.Error));
        using var body = JsonDocument.Parse(hook.Requests.Last().Body);
        Assert.Equal("alarm.exceedance", body.RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_message_nobody_takes_for_a_day_is_given_up()
    {
        await using var hook = await HttpPeer.StartAsync((500, "down"));
        await using var bench = await AlarmBench.OpenAsync(Engine.Sqlite);
        await bench.WebhookAsync("hook", hook.Url);
        await bench.OnCallAsync("li@hook");
        await bench.RaiseAsync();
        await bench.SendAsync();
        bench.Clock.Advance(TimeSpan.FromDays(1));
        await bench.SendAsync();
        await bench.SendAsync();
        Assert.Equal((MessageState.GivenUp, 2), ((await bench.MessagesAsync())[0].State, (await bench.MessagesAsync())[0].Attempts));
    }

    [Fact]
    public async Task WeCom_gets_its_markdown_and_a_refusal_inside_200_counts_as_failure()
    {
        await using var robot = await HttpPeer.StartAsync((200, """{"errcode":45009,"errmsg":"api freq out of limit"}"""), (200, Yes));
        await using var bench = await AlarmBench.OpenAsync(Engine.Sqlite);
        await bench.ChannelAsync("wecom", ChannelKind.WeCom, new() { ["url"] = robot.Url + "/send?key={key}" }, new() { ["key"] = "k/1" });
        await bench.OnCallAsync("li@wecom");
        await bench.RaiseAsync();
        await bench.SendAsync();
        Assert.Contains("45009", (await bench.MessagesAsync())[0].Error, StringComparison.Ordinal);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.SendAsync();
        Assert.Equal(MessageState.Sent, (await bench.MessagesAsync())[0].State);
        var (method, url, _, text) = robot.Requests.Last();
        Assert.Equal(("POST", robot.Url + "/send?key=k%2F1"), (method, url));
        using var body = JsonDocument.Parse(text);
        Assert.Equal("markdown", body.RootElement.GetProperty("msgtype").GetString());
        Assert.StartsWith("**【严重】超标 一号炉烟气**\n", body.RootElement.GetProperty("markdown").GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DingTalk_is_signed_with_its_secret_over_the_millisecond()
    {
        await using var robot = await HttpPeer.StartAsync((200, Yes));
        await using var bench = await AlarmBench.OpenAsync(Engine.Sqlite);
        await bench.ChannelAsync("ding", ChannelKind.DingTalk, new() { ["url"] = robot.Url + "/robot/send?access_token={key}" }, new() { ["key"] = "t", ["signSecret"] = "SEC1" });
        await bench.OnCallAsync("li@ding");
        await bench.RaiseAsync();
        await bench.SendAsync();
        var millis = AlarmBench.Start.ToUnixTimeMilliseconds();
        var sign = Convert.ToBase64String(HMACSHA256.HashData("SEC1"u8, Encoding.UTF8.GetBytes($"{millis}\nSEC1")));
        var request = Assert.Single(robot.Requests);
        Assert.Equal($"{robot.Url}/robot/send?access_token=t&timestamp={millis}&sign={Uri.EscapeDataString(sign)}", request.Url);
        using var body = JsonDocument.Parse(request.Body);
        Assert.Equal("li@example.org", body.RootElement.GetProperty("at").GetProperty("atMobiles")[0].GetString());
    }

    [Fact]
    public async Task An_sms_gateway_gets_the_form_its_papers_ask_for()
    {
        await using var gateway = await HttpPeer.StartAsync((200, """{"code":"OK"}"""));
        await using var bench = await AlarmBench.OpenAsync(Engine.Sqlite);
        await bench.ChannelAsync(
            "sms",
            ChannelKind.Sms,
            new() { ["url"] = gateway.Url + "/sms", ["contentType"] = "application/x-www-form-urlencoded", ["body"] = "to={address}&text={title}&token={token}", ["successField"] = "code", ["successValue"] = "OK" },
            new() { ["token"] = "a&b" });
        await bench.OnCallAsync("li@sms");
        await bench.RaiseAsync();
        await bench.SendAsync();
        var request = Assert.Single(gateway.Requests);
        Assert.Equal("to=li%40example.org&text=" + Uri.EscapeDataString("【严重】超标 一号炉烟气") + "&token=a%26b", request.Body);
        Assert.Equal(MessageState.Sent, (await bench.MessagesAsync())[0].State);
    }

    [Theory]
    [InlineData("email", "host", "port=25")]
    [InlineData("email", "security", "host=h;port=25;from=a@b.c;security=none;user=u")]
    [InlineData("wecom", "key", "")]
    [InlineData("sms", "url", "body=x")]
    [InlineData("sms", "body", "url=https://sms.example")]
    [InlineData("webhook", "url", "url=file:///etc/passwd")]
    public async Task A_channel_that_lacks_something_says_what(string kind, string missing, string settings)
    {
        await using var bench = await AlarmBench.OpenAsync(Engine.Sqlite);
        var values = settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split('=', 2)).ToDictionary(each => each[0], each => each[1]);
        var channel = Enum.Parse<ChannelKind>(kind, ignoreCase: true);
        var sender = bench.Get<IEnumerable<INotificationChannel>>().First(each => each.Serves(channel));
        Assert.Equal(missing, sender.FirstFault(new("x", channel, values)));
    }
}
