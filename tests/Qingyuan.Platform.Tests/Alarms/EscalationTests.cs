using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Alarms.Notifications;
using Qingyuan.Platform.Alarms.Notifications.Receipts;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Alarms;

[Requirement("R-5.6.4-8")]
public class EscalationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Without_a_receipt_the_next_person_is_called_and_at_the_end_it_says_so(Engine engine)
    {
        await using var hook = await HttpPeer.StartAsync((200, "{}"));
        await using var bench = await OpenAsync(engine, hook);
        await bench.RaiseAsync();
        await bench.SendAsync();
        for (var minute = 0; minute < 80; minute++)
        {
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
            await bench.ScanAsync();
            await bench.SendAsync();
        }

        var messages = await bench.MessagesAsync();
        Assert.Equal(["li", "wang", "li", "wang"], messages.Select(row => row.Person));
        Assert.Equal([0, 15, 30, 45], messages.Select(row => (int)(row.QueuedAt - AlarmBench.Start).TotalMinutes));
        Assert.Equal(4, hook.Requests.Count);
        Assert.Equal(NoticeState.Exhausted, Assert.Single(await bench.RowsAsync<NoticeRow>()).State);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Acknowledging_is_the_receipt(Engine engine)
    {
        await using var hook = await HttpPeer.StartAsync((200, "{}"));
        await using var bench = await OpenAsync(engine, hook);
        await bench.RaiseAsync();
        await bench.Desk.AcknowledgeAsync(Assert.Single(await bench.AlarmsAsync()).Id, null, AlarmBench.Officer, Token);
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.ScanAsync();
        Assert.Single(await bench.MessagesAsync());
        Assert.Equal("u:zhao", Assert.Single(await bench.RowsAsync<NoticeRow>()).EndedBy);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_link_in_the_message_ends_calling_and_is_on_record_once(Engine engine)
    {
        await using var hook = await HttpPeer.StartAsync((200, "{}"));
        await using var bench = await OpenAsync(engine, hook);
        await bench.RaiseAsync();
        await bench.SendAsync();
        var token = hook.Requests.First().Body.Split("token=")[1].Split('"')[0];
        // Not its end: the last character's spare bits are no part of the token, and once in some hundreds it would be the same one.
        var forged = token[..^8] + (token[^8] is 'A' ? 'B' : 'A') + token[^7..];
        Assert.False(await bench.Get<TakeReceipt>().ConfirmAsync(forged, Token));
        Assert.True(await bench.Get<TakeReceipt>().ConfirmAsync(token, Token));
        Assert.True(await bench.Get<TakeReceipt>().ConfirmAsync(token, Token));
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.ScanAsync();
        Assert.NotNull(Assert.Single(await bench.MessagesAsync()).ReceiptAt);
        Assert.Single(await bench.LedgerAsync("notification.receipt"));
        Assert.Equal(AlarmState.Active, Assert.Single(await bench.AlarmsAsync()).State);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_restart_keeps_the_outbox_and_two_senders_send_once(Engine engine)
    {
        await using var hook = await HttpPeer.StartAsync((200, "{}"));
        await using var bench = await OpenAsync(engine, hook);
        await bench.RaiseAsync();
        await using var one = await bench.RestartAsync();
        await using var other = await bench.RestartAsync();
        await Task.WhenAll(one.SendAsync(), other.SendAsync());
        Assert.Single(hook.Requests);
        Assert.Equal(MessageState.Sent, Assert.Single(await bench.MessagesAsync()).State);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Samples_call_only_over_the_channel_set_aside_for_them(Engine engine)
    {
        await using var real = await HttpPeer.StartAsync((200, "{}"));
        await using var sample = await HttpPeer.StartAsync((200, "{}"));
        await using var bench = await OpenAsync(engine, real);
        await bench.RaiseAsync(AlarmBench.Signal(station: FakeStations.Sample));
        Assert.Empty(await bench.RowsAsync<NoticeRow>());
        await bench.WebhookAsync("sample", sample.Url, forSamples: true);
        await bench.RaiseAsync();
        await bench.SendAsync();
        Assert.Single(real.Requests);
        Assert.Empty(sample.Requests);
    }

    [Fact]
    public async Task A_sample_s_message_says_that_it_is_one()
    {
        await using var sample = await HttpPeer.StartAsync((200, "{}"));
        await using var bench = await AlarmBench.OpenAsync(Engine.Sqlite);
        await bench.WebhookAsync("sample", sample.Url, forSamples: true);
        await bench.OnCallAsync("li@sample");
        await bench.RaiseAsync(AlarmBench.Signal(station: FakeStations.Sample));
        await bench.SendAsync();
        Assert.Contains("[样例] 【严重】", Assert.Single(sample.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Below_the_floor_of_its_kind_an_alarm_stays_in_the_browser_until_it_worsens()
    {
        await using var hook = await HttpPeer.StartAsync((200, "{}"));
        await using var bench = await OpenAsync(Engine.Sqlite, hook);
        await bench.RaiseAsync(AlarmBench.Signal(severity: AlarmSeverity.Notice));
        Assert.Empty(await bench.MessagesAsync());
        await bench.RaiseAsync(AlarmBench.Signal(severity: AlarmSeverity.Serious));
        Assert.Single(await bench.MessagesAsync());
    }

    private static async Task<AlarmBench> OpenAsync(Engine engine, HttpPeer hook)
    {
        var bench = await AlarmBench.OpenAsync(engine);
        await bench.WebhookAsync("hook", hook.Url);
        await bench.OnCallAsync("li@hook", "wang@hook");
        return bench;
    }
}
