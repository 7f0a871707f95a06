using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Alarms.Notifications.Configuring;
using Qingyuan.Platform.Alarms.Notifications.Sending;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Alarms.Notifications;

internal sealed class NotificationDesk(ChannelBook channels, OnCallBook order, TestSending tests, MessageLog log) : INotificationDesk
{
    public Task<IReadOnlyList<ChannelView>> ChannelsAsync(CancellationToken ct) => channels.ListAsync(ct);

    public Task<Result<ChannelView>> SaveChannelAsync(ChannelDraft draft, Actor actor, CancellationToken ct) => channels.SaveAsync(draft, actor, ct);

    public Task<Result<TestOutcome>> TestAsync(string channel, string? address, Actor actor, CancellationToken ct) => tests.SendAsync(channel, address, actor, ct);

    public Task<OnCallPlan> OnCallAsync(CancellationToken ct) => order.ReadAsync(ct);

    public Task<Result<OnCallPlan>> SaveOnCallAsync(OnCallDraft draft, Actor actor, CancellationToken ct) => order.SaveAsync(draft, actor, ct);

    public Task<Page<MessageView>> MessagesAsync(MessageQuery query, IReadOnlySet<int>? scope, CancellationToken ct) => log.ListAsync(query, scope, ct);
}
