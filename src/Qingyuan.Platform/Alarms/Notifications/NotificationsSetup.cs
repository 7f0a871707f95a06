using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Alarms.Notifications.Channels;
using Qingyuan.Platform.Alarms.Notifications.Configuring;
using Qingyuan.Platform.Alarms.Notifications.Escalating;
using Qingyuan.Platform.Alarms.Notifications.Receipts;
using Qingyuan.Platform.Alarms.Notifications.Sending;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Scheduling;

namespace Qingyuan.Platform.Alarms.Notifications;

internal static class NotificationsSetup
{
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddHttpClient(WebhookChannel.ClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .RemoveAllLoggers(); // addresses of robots hold their keys
        return services
            .AddSingleton<IModelPart, NotificationsModel>()
            .AddSingleton<OutboxBell>()
            .AddSingleton<Caller>()
            .AddSingleton<INoticeBoard, NoticeBoard>()
            .AddSingleton<AlarmNotices>()
            .AddSingleton<INotificationChannel, EmailChannel>()
            .AddSingleton<INotificationChannel, WebhookChannel>()
            .AddSingleton<ChannelStore>()
            .AddSingleton<SettingsRecorder>()
            .AddSingleton<ChannelBook>()
            .AddSingleton<OnCallBook>()
            .AddSingleton<MessageLog>()
            .AddSingleton<TestSending>()
            .AddSingleton<INotificationDesk, NotificationDesk>()
            .AddSingleton<ReceiptTokens>()
            .AddSingleton<TakeReceipt>()
            .AddSingleton<MessageWriter>()
            .AddSingleton<OutboxSender>()
            .AddSingleton<ChannelLanes>()
            .AddDueScan<EscalationScan>()
            .AddHostedService<SenderService>();
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        ChannelEndpoints.Map(api);
        OnCallEndpoints.Map(api);
        NotificationEndpoints.Map(api);
        ReceiptEndpoints.Map(api);
    }
}
