using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Alarms;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Alarms.Notifications;
using Qingyuan.Platform.Alarms.Notifications.Configuring;
using Qingyuan.Platform.Alarms.Notifications.Sending;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Tests.Alarms;

/// <summary>Sets channels and the on-call order straight in the database, and runs the sender by hand.</summary>
internal static class NotificationBench
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task ChannelAsync(
        this AlarmBench bench, string name, ChannelKind kind, Dictionary<string, string> settings, Dictionary<string, string>? secrets = null, bool forSamples = false) =>
        bench.Get<IDatabase>().WriteAsync(
            (db, _) => Task.FromResult(db.Add(new ChannelRow
            {
                Id = Guid.CreateVersion7(),
                Name = name,
                Kind = kind,
                Enabled = true,
                ForSamples = forSamples,
                Settings = AlarmRow.Json(settings),
                Secrets = bench.Get<ChannelStore>().Seal(secrets ?? []),
            })),
            Token);

    public static Task WebhookAsync(this AlarmBench bench, string name, string url, bool forSamples = false) =>
        bench.ChannelAsync(name, ChannelKind.Webhook, new() { ["url"] = url }, forSamples: forSamples);

    /// <summary>One way a person: <c>name@channel</c>, called in this order.</summary>
    public static Task OnCallAsync(this AlarmBench bench, params string[] people)
    {
        var plan = new OnCallPlan(15, 2, [.. people.Select(each => each.Split('@')).Select(each => new OnCallPerson(each[0], "zh", [new(each[1], each[0] + "@example.org")]))]);
        return bench.Get<IDatabase>().WriteAsync((db, _) => Task.FromResult(db.Add(new OnCallRow { Plan = plan.ToJson() })), Token);
    }

    /// <summary>One round of the sender to its end.</summary>
    public static async Task SendAsync(this AlarmBench bench)
    {
        var lanes = bench.Get<ChannelLanes>();
        await lanes.StartDueAsync(Token);
        await lanes.FinishAsync();
    }

    public static async Task<List<MessageRow>> MessagesAsync(this AlarmBench bench)
    {
        await using var db = bench.Get<IDatabase>().Read();
        return await db.Set<MessageRow>().OrderBy(row => row.Step).ToListAsync(Token);
    }
}
