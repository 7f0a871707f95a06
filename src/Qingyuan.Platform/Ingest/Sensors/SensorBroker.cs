using System.Buffers;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Connections;
using MQTTnet.AspNetCore;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Protocol;
using MQTTnet.Server;
using Qingyuan.Platform.Shared.Http;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Sensors;

/// <summary>
/// The MQTT broker for sensors, over connections that Kestrel accepted: <c>qingyuan/{MN}/report</c>, the station's MN and password as user and password.
/// PUBACK only when the report is durable; nothing is delivered to anybody.
/// </summary>
internal sealed class SensorBroker : IAsyncDisposable
{
    // A broker knows no language of its caller: whoever builds a sensor reads this.
    private static readonly CultureInfo Builders = CultureInfo.GetCultureInfo("en");
    private readonly SensorIntake _intake;
    private readonly MqttConnectionHandler _connections = new();
    private readonly MqttServer _server;

    private SensorBroker(SensorIntake intake)
    {
        _intake = intake;
        _server = new MqttServer(new MqttServerOptionsBuilder().WithMaxPendingMessagesPerClient(100).Build(), [_connections], new MqttNetEventLogger());
        _server.ValidatingConnectionAsync += Admit;
        _server.InterceptingSubscriptionAsync += Refuse;
        _server.InterceptingPublishAsync += TakeAsync;
    }

    public static async Task<SensorBroker> StartAsync(SensorIntake intake)
    {
        var broker = new SensorBroker(intake);
        await broker._server.StartAsync();
        return broker;
    }

    /// <summary>Serves one sensor until it goes.</summary>
    public Task RunAsync(ConnectionContext connection) => _connections.OnConnectedAsync(connection);

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
        _connections.Dispose();
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
            var taken = bytes.Length > SensorReport.LargestBytes ? new(null, new("body", new Fault(IngestTexts.All, "sensor-bytes", SensorReport.LargestBytes))) : await _intake.TakeAsync(sender, bytes, "mqtt " + sent.ClientId, sent.CancellationToken);
            if (taken.Fault is { } fault) (sent.Response.ReasonCode, sent.Response.ReasonString) = (MqttPubAckReasonCode.PayloadFormatInvalid, $"{fault.Field}: {fault.What.Say(Builders)}");
        }
        catch (FramesNotStoredException)
        {
            // Without its PUBACK the sensor keeps the report and sends it again.
            (sent.Response.ReasonCode, sent.CloseConnection) = (MqttPubAckReasonCode.UnspecifiedError, true);
        }
    }
}
