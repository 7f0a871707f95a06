using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Alarms;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Alarms.Notifications;
using Qingyuan.Platform.Alarms.Notifications.Sending;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Engines;
using Qingyuan.Platform.Tests.Ingest;
using Qingyuan.Platform.Tests.Peers;

namespace Qingyuan.Platform.Tests.Alarms;

public class ChannelLaneTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    [Requirement("R-5.6.4-8")]
    public async Task A_channel_that_never_answers_holds_back_only_its_own_messages(Engine engine)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0); // takes the connection and says nothing, for ever
        silent.Start();
        await using var hook = await HttpPeer.StartAsync((200, "{}"));
        await using var bench = await OpenAsync(engine, ((IPEndPoint)silent.LocalEndpoint).Port, hook);
        using var stop = new CancellationTokenSource();
        var lanes = bench.Get<ChannelLanes>();

        await bench.RaiseAsync();
        await lanes.StartDueAsync(stop.Token);
        using var hanging = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await bench.RaiseAsync(AlarmBench.Signal(cause: "exceedance:a21026"));
        await Eventually.That(async () =>
        {
            await lanes.StartDueAsync(stop.Token);
            return await CountAsync(bench, "hook", MessageState.Sent) == 2;
        });
        Assert.Equal([0, 0], await AttemptsAsync(bench, "silent"));

        bench.Clock.Advance(bench.Get<IOptions<AlarmsOptions>>().Value.SendTimeout);
        await Eventually.That(async () => (await AttemptsAsync(bench, "silent")).Sum() == 1);
        await stop.CancelAsync();
        await lanes.FinishAsync();
        Assert.Equal(2, await CountAsync(bench, "silent", MessageState.Pending));
    }

    /// <summary>One person on call, reached over both channels at once.</summary>
    private static async Task<AlarmBench> OpenAsync(Engine engine, int silent, HttpPeer hook)
    {
        var bench = await AlarmBench.OpenAsync(engine);
        await bench.WebhookAsync("silent", $"http://127.0.0.1:{silent}");
        await bench.WebhookAsync("hook", hook.Url);
        var plan = new OnCallPlan(15, 2, [new("li", "zh", [new("silent", "li"), new("hook", "li")])]);
        await bench.Get<IDatabase>().WriteAsync((db, _) => Task.FromResult(db.Add(new OnCallRow { Plan = plan.ToJson() })), TestContext.Current.CancellationToken);
        return bench;
    }

    private static async Task<int> CountAsync(AlarmBench bench, string channel, MessageState state) =>
        (await bench.MessagesAsync()).Count(row => row.Channel == channel && row.State == state);

    private static async Task<List<int>> AttemptsAsync(AlarmBench bench, string channel) =>
        [.. (await bench.MessagesAsync()).Where(row => row.Channel == channel).Select(row => row.Attempts)];
}
