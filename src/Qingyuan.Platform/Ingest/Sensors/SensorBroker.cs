using System.Buffers;
using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet.Protocol;
using MQTTnet.Server;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Sensors;

/// <summary>An MQTT broker for sensors, when a port is configured: <c>qingyuan/{MN}/report</c>, the station's MN and password as user and password. PUBACK only when the report is durable; nothing is delivered to anybody.</summary>
internal sealed class SensorBroker(SensorIntake intake, IngestOptions options, ILogger<SensorBroker> log) : IHostedService, IAsyncDisposable
{
    private MqttServer? _server;

    /// <summary>Where it listens; null when no port is configured.</summary>
    public IPEndPoint? Bound { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Mqtt is not { Length: > 0 } address) return;
        Bound = IPEndPoint.Parse(address);
        var built = new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(Bound.Address).WithDefaultEndpointBoundIPV6Address(IPAddress.None).WithDefaultEndpointPort(Bound.Port).WithMaxPendingMessagesPerClient(100).Build();
        _server = new MqttServerFactory().CreateMqttServer(built);
        _server.ValidatingConnectionAsync += Admit;
        _server.InterceptingSubscriptionAsync += Refuse;
        _server.InterceptingPublishAsync += TakeAsync;
        await _server.StartAsync();
        log.BrokerListens(address);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync() ?? Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task Admit(ValidatingConnectionEventArgs caller)
    {
        var access = intake.Sender(caller.UserName, caller.Password, (caller.RemoteEndPoint as IPEndPoint)?.Address);
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
            var taken = bytes.Length > SensorReport.LargestBytes ? new(null, ("body", "too long")) : await intake.TakeAsync(sender, bytes, "mqtt " + sent.ClientId, sent.CancellationToken);
            if (taken.Fault is var (field, expected)) (sent.Response.ReasonCode, sent.Response.ReasonString) = (MqttPubAckReasonCode.PayloadFormatInvalid, $"{field}: {expected}");
        }
        catch (FramesNotStoredException)
        {
            // Without its PUBACK the sensor keeps the report and sends it again.
            (sent.Response.ReasonCode, sent.CloseConnection) = (MqttPubAckReasonCode.UnspecifiedError, true);
        }
    }
}
