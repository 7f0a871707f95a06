using System.Buffers;
using System.Net;
using MQTTnet.Protocol;
using MQTTnet.Server;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Sensors;

/// <summary>The MQTT broker for sensors: <c>qingyuan/{MN}/report</c>, the station's MN and password as user and password. PUBACK only when the report is durable; nothing is delivered to anybody.</summary>
internal sealed class SensorListener : IAsyncDisposable
{
    private readonly SensorIntake _intake;
    private readonly MqttServer _server;

    private SensorListener(SensorIntake intake, IPEndPoint bound, string? certificate)
    {
        _intake = intake;
        var options = new MqttServerOptionsBuilder().WithMaxPendingMessagesPerClient(100);
        if (certificate is null) options.WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(bound.Address).WithDefaultEndpointBoundIPV6Address(IPAddress.None).WithDefaultEndpointPort(bound.Port);
        else
        {
            options.WithoutDefaultEndpoint().WithEncryptedEndpoint().WithEncryptedEndpointBoundIPAddress(bound.Address).WithEncryptedEndpointBoundIPV6Address(IPAddress.None).WithEncryptedEndpointPort(bound.Port)
                .WithEncryptionCertificate(BrokerSettings.Load(certificate));
        }

        _server = new MqttServerFactory().CreateMqttServer(options.Build());
        _server.ValidatingConnectionAsync += Admit;
        _server.InterceptingSubscriptionAsync += Refuse;
        _server.InterceptingPublishAsync += TakeAsync;
    }

    public static async Task<SensorListener> OpenAsync(SensorIntake intake, IPEndPoint bound, string? certificate)
    {
        var listener = new SensorListener(intake, bound, certificate);
        await listener._server.StartAsync();
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
    }

    private Task Admit(ValidatingConnectionEventArgs caller)
    {
        var access = _intake.Sender(caller.UserName, caller.Password, (caller.RemoteEndPoint as IPEndPoint)?.Address);
        if (access is null) caller.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
        else caller.SessionItems["sender"] = access;
        return Task.CompletedTask;
    }

    // Sensors speak here; nobody listens.
    private static Task Refuse(InterceptingSubscriptionEventArgs asked)
    {
        (asked.ProcessSubscription, asked.Response.ReasonCode) = (false, MqttSubscribeReasonCode.NotAuthorized);
        return Task.CompletedTask;
    }

    private async Task TakeAsync(InterceptingPublishEventArgs sent)
    {
        sent.ProcessPublish = false;
        if (sent.SessionItems["sender"] is not Stations.Contracts.StationAccess sender || sent.ApplicationMessage.Topic != $"qingyuan/{sender.Mn}/report")
        {
            sent.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            return;
        }

        var bytes = sent.ApplicationMessage.Payload.ToArray();
        try
        {
            var taken = bytes.Length > SensorReport.LargestBytes ? new(null, ("body", "too long")) : await _intake.TakeAsync(sender, bytes, "mqtt " + sent.ClientId, sent.CancellationToken);
            if (taken.Fault is var (field, expected)) (sent.Response.ReasonCode, sent.Response.ReasonString) = (MqttPubAckReasonCode.PayloadFormatInvalid, $"{field}: {expected}");
        }
        catch (FramesNotStoredException)
        {
            // Without its PUBACK the sensor keeps the report and sends it again.
            (sent.Response.ReasonCode, sent.CloseConnection) = (MqttPubAckReasonCode.UnspecifiedError, true);
        }
    }
}
