using System.Collections.Concurrent;
using System.Net;
using MQTTnet;
using MQTTnet.Server;

namespace Qingyuan.Platform.Tests.Ingest.Doubles;

/// <summary>A real MQTT broker that belongs to somebody else.</summary>
internal sealed class StrangersBroker : IAsyncDisposable
{
    private readonly MqttServer _server;
    private int _acknowledged;

    private StrangersBroker(int port)
    {
        Address = $"127.0.0.1:{port}";
        _server = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None).WithDefaultEndpointPort(port).WithPersistentSessions().Build());
        _server.ClientSubscribedTopicAsync += subscribed =>
        {
            Subscribed.Add(subscribed.TopicFilter.Topic);
            return Task.CompletedTask;
        };
        _server.ClientAcknowledgedPublishPacketAsync += _ =>
        {
            Interlocked.Increment(ref _acknowledged);
            return Task.CompletedTask;
        };
    }

    public string Address { get; }

    public ConcurrentBag<string> Subscribed { get; } = [];

    /// <summary>Reports that the subscriber acknowledged.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public static async Task<StrangersBroker> StartAsync()
    {
        var broker = new StrangersBroker(FreePort.Next());
        await broker._server.StartAsync();
        return broker;
    }

    public async Task<IMqttClient> SensorAsync()
    {
        var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer(Address[..Address.IndexOf(':')], int.Parse(Address[(Address.IndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture)).Build());
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
    }
}
