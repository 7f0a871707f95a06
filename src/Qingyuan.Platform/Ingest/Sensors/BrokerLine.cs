using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Protocol;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Sensors;

/// <summary>One connection to a broker of another: subscribes with QoS 1 in a session the broker keeps, and acknowledges each report when it is durable.</summary>
internal sealed class BrokerLine
{
    private readonly SensorIntake _intake;
    private readonly OutsideBroker _broker;
    private readonly IPAddress _address;
    private readonly CancellationToken _ct;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BrokerLine(SensorIntake intake, OutsideBroker broker, IPAddress address, CancellationToken ct) => (_intake, _broker, _address, _ct) = (intake, broker, address, ct);

    /// <summary>Returns when the connection is lost or a report could not be stored.</summary>
    public static async Task ReadAsync(SensorIntake intake, OutsideBroker broker, Action connected, CancellationToken ct)
    {
        var (host, port) = (broker.Address![..broker.Address!.LastIndexOf(':')], int.Parse(broker.Address![(broker.Address!.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        var address = (await Dns.GetHostAddressesAsync(host, ct)).FirstOrDefault() ?? throw new SocketException((int)SocketError.HostNotFound);
        var line = new BrokerLine(intake, broker, address, ct);
        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += line.TakeAsync;
        client.DisconnectedAsync += line.Ended;
        await client.ConnectAsync(line.Options(host, port), ct);
        var topic = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(broker.Topic, MqttQualityOfServiceLevel.AtLeastOnce).Build();
        var granted = (await client.SubscribeAsync(topic, ct)).Items.First();
        if (granted.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) throw new IOException($"{broker.Topic}: {granted.ResultCode}");
        connected();
        await line._ended.Task.WaitAsync(ct);
    }

    private MqttClientOptions Options(string host, int port)
    {
        // 3.1.1: every broker speaks it, and its session lives until it is cleaned.
        var options = new MqttClientOptionsBuilder().WithTcpServer(host, port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V311).WithClientId(_broker.ClientId).WithCleanSession(false);
        if (_broker.User is { Length: > 0 }) options.WithCredentials(_broker.User, _broker.Password);
        if (_broker.Tls) options.WithTlsOptions(Secure);
        return options.Build();
    }

    private void Secure(MqttClientTlsOptionsBuilder tls)
    {
        tls.UseTls();
        if (_broker.Authority is not { Length: > 0 } file) return;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        tls.WithTrustChain(authorities);
    }

    private async Task TakeAsync(MqttApplicationMessageReceivedEventArgs message)
    {
        message.AutoAcknowledge = false;
        try
        {
            if (_ended.Task.IsCompleted) return;
            var bytes = message.ApplicationMessage.Payload.ToArray();
            if (_broker.MnOf(message.ApplicationMessage.Topic) is { } mn) await _intake.TakeNamedAsync(mn, bytes, _address, "mqtt " + _broker.Address, _ct);
            await message.AcknowledgeAsync(_ct);
        }
        catch (Exception error) when (error is FramesNotStoredException or OperationCanceledException)
        {
            // Unacknowledged, the broker keeps it and sends it on the next connection.
            _ended.TrySetResult();
        }
    }

    private Task Ended(MqttClientDisconnectedEventArgs how)
    {
        if (how.Exception is { } error) _ended.TrySetException(error);
        else _ended.TrySetResult();
        return Task.CompletedTask;
    }
}
