namespace Qingyuan.Platform.Alarms.Notifications;

internal enum ChannelKind
{
    Email,

    /// <summary>企业微信群机器人.</summary>
    WeCom,

    /// <summary>钉钉群机器人.</summary>
    DingTalk,

    /// <summary>An SMS gateway: method, address and body as its operator documents them.</summary>
    Sms,

    /// <summary>Any program that takes JSON over HTTP.</summary>
    Webhook,
}
