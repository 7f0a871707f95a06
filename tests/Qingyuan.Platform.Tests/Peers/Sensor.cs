using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Qingyuan.Platform.Tests.Peers;

/// <summary>A sensor that speaks MQTT 5 over a real socket.</summary>
internal static class Sensor
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <exception cref="InvalidOperationException">The broker refused it, with its reason.</exception>
    public static async Task<IMqttClient> ConnectAsync(IPEndPoint address, string mn, string password, TestAuthority? trusted = null)
    {
        var options = new MqttClientOptionsBuilder().WithTcpServer(address.Address.ToString(), address.Port).WithProtocolVersion(MqttProtocolVersion.V500).WithCredentials(mn, password);
        if (trusted is not null) options.WithTlsOptions(tls => tls.UseTls().WithCertificateValidationHandler(shown => IsOf(trusted, shown)));
        var client = new MqttClientFactory().CreateMqttClient();
        var result = await client.ConnectAsync(options.Build(), Ct);
        return result.ResultCode is MqttClientConnectResultCode.Success ? client : throw new InvalidOperationException(result.ResultCode.ToString());
    }

    public static Task<MqttClientPublishResult> PublishAsync(this IMqttClient sensor, string topic, string body) =>
        sensor.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(body).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), Ct);

    // The library's own check of a trusted root leaves the intermediate certificates out that the server sent.
    private static bool IsOf(TestAuthority trusted, MqttClientCertificateValidationEventArgs shown)
    {
        var policy = shown.Chain.ChainPolicy;
        (policy.TrustMode, policy.RevocationMode) = (X509ChainTrustMode.CustomRootTrust, X509RevocationMode.NoCheck);
        policy.CustomTrustStore.Add(trusted.Root);
        return shown.Chain.Build((X509Certificate2)shown.Certificate);
    }
}
