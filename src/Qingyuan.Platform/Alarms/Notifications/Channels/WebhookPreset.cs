namespace Qingyuan.Platform.Alarms.Notifications.Channels;

/// <summary>What a kind of webhook sends unless its settings say otherwise. Every member is a setting, because robots and gateways change their formats.</summary>
/// <param name="Url">Places <c>{key}</c>, <c>{timestamp}</c>, <c>{sign}</c> and every setting, secret and message member.</param>
/// <param name="Body">Same places, JSON-escaped.</param>
/// <param name="SuccessField">Member of a JSON answer that must equal <paramref name="SuccessValue"/>; null: any 2xx is a yes.</param>
internal sealed record WebhookPreset(string? Url, string? Body, string? SuccessField, string? SuccessValue)
{
    /// <summary>WeCom group robot: <c>msgtype</c> markdown, answer <c>errcode</c> 0.</summary>
    private static readonly WebhookPreset WeCom = new(
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={key}",
        """{"msgtype":"markdown","markdown":{"content":"{markdown}"}}""",
        "errcode",
        "0");

    /// <summary>DingTalk group robot: title and text in markdown; signed with the millisecond timestamp when a <c>signSecret</c> is set.</summary>
    private static readonly WebhookPreset DingTalk = new(
        "https://oapi.dingtalk.com/robot/send?access_token={key}",
        """{"msgtype":"markdown","markdown":{"title":"{title}","text":"{markdown}"},"at":{"atMobiles":["{address}"]}}""",
        "errcode",
        "0");

    /// <summary>Gateways differ in everything: address and body come from the operator's own papers.</summary>
    private static readonly WebhookPreset Sms = new(null, null, null, null);

    private static readonly WebhookPreset Plain = new(
        null,
        """{"id":"{id}","title":"{title}","text":"{text}","severity":"{severity}","code":"{code}","person":"{person}","address":"{address}","link":"{link}","receiptLink":"{receiptLink}"}""",
        null,
        null);

    public static WebhookPreset Of(ChannelKind kind) => kind switch
    {
        ChannelKind.WeCom => WeCom,
        ChannelKind.DingTalk => DingTalk,
        ChannelKind.Sms => Sms,
        _ => Plain,
    };
}
